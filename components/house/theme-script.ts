/** Runs before the first paint, at the head of `body`: no flash of the wrong paper. Cloudscape looks for its own class on `body`. */
export const themeScript = `(function(){try{var t=localStorage.getItem("keyhole.theme")}catch(e){}
var d=t==="dark"||(t!=="light"&&matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.classList.toggle("dark",d);document.body.classList.toggle("awsui-dark-mode",d)})()`;
