/**
 * Runs before the first paint, at the head of `body`: no flash of the wrong paper, and the notes as wide as they were left.
 * Cloudscape looks for its own class on `body`.
 */
export const themeScript = `(function(){var h=document.documentElement;try{var t=localStorage.getItem("keyhole.theme"),s=parseFloat(localStorage.getItem("keyhole.split"));if(s>=30&&s<=70)h.style.setProperty("--share",s+"%")}catch(e){}
var d=t==="dark"||(t!=="light"&&matchMedia("(prefers-color-scheme: dark)").matches);
h.classList.toggle("dark",d);document.body.classList.toggle("awsui-dark-mode",d)})()`;
