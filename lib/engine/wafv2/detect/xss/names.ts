/** What HTML, SVG, MathML and old browsers know that runs a script, or fetches one. */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Elements that are dangerous by themselves. */
const tags = new Set(words(`
  script iframe frameset applet style svg math xml xss bgsound isindex keygen marquee portal fencedframe animate animatemotion animatetransform animatecolor
  foreignobject noscript noembed noframes plaintext xmp vmlframe event-source htmlfile html body head`));

/** Elements that do nothing without attributes: `Promise<object>` is no attack. */
const withAttributes = new Set(words("object embed link meta base frame layer ilayer import handler listener set comment image"));

/** Elements whose end tag leaves a place where text is only text. */
const ends = new Set(words("script style title textarea noscript template xmp iframe noembed noframes plaintext"));

/** Attributes that hold a URL which is run or opened. */
const urls = new Set(words(`
  href src action formaction xlink:href data code codebase archive classid poster background dynsrc lowsrc from to values by srcset manifest longdesc cite
  folder profile usemap ping content url value feed icon xml:base`));

/** Attributes that are dangerous with any value. */
const attributes = new Set(words("srcdoc datasrc dataformatas datafld xlink:actuate http-equiv"));

/** Words that begin as names of events do. */
const notEvents = new Set(words("one once only onto ones"));

/** Events by the names of their attributes: what a value may have without a tag and without a quote. */
const events = new Set(
  words(`
  abort activate afterprint afterscriptexecute animationcancel animationend animationiteration animationstart auxclick beforeactivate beforecopy beforecut beforeinput beforematch
  beforepaste beforeprint beforescriptexecute beforetoggle beforeunload begin blur bounce cancel canplay canplaythrough change click close contextmenu copy cuechange cut dblclick
  deactivate drag dragend dragenter dragexit dragleave dragover dragstart drop durationchange end ended error finish focus focusin focusout formdata fullscreenchange gotpointercapture
  hashchange input invalid keydown keypress keyup load loadeddata loadedmetadata loadend loadstart lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout
  mouseover mouseup mousewheel offline online pagehide pageshow paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover
  pointerrawupdate pointerup popstate progress propertychange ratechange readystatechange repeat reset resize scroll scrollend search securitypolicyviolation seeked seeking select
  selectionchange selectstart show slotchange stalled start storage submit suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel transitionend
  transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend webkitanimationiteration webkitanimationstart webkittransitionend wheel zoom`).map(
    (name) => `on${name}`,
  ),
);

/** `svg:script` and `x:script` are scripts as well. */
export const isTag = (name: string): boolean => tags.has(name) || (name.includes(":") && (tags.has(name.slice(name.indexOf(":") + 1)) || /^(xsl|xml|vml):/.test(name)));
export const needsAttributes = (name: string): boolean => withAttributes.has(name);
export const isKnownEvent = (name: string): boolean => events.has(name);
export const isEnd = (name: string): boolean => ends.has(name);
export const isUrl = (name: string): boolean => urls.has(name);
export const isDangerous = (name: string): boolean => attributes.has(name) || name.startsWith("xmlns");

/** Any name that an event's attribute could have; browsers get new ones. */
export function isEvent(name: string): boolean {
  if (name.length < 5 || name.charCodeAt(0) !== 111 || name.charCodeAt(1) !== 110 || notEvents.has(name)) return false;
  for (let i = 2; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if ((code < 97 || code > 122) && code !== 45 && code !== 95) return false;
  }
  return true;
}

/** Character references that hide a scheme: HTML's names for characters of ASCII. */
export const references: Record<string, number> = {
  Tab: 9, NewLine: 10, excl: 33, quot: 34, num: 35, dollar: 36, percnt: 37, amp: 38, apos: 39, lpar: 40, rpar: 41, ast: 42, plus: 43, comma: 44, period: 46, sol: 47,
  colon: 58, semi: 59, lt: 60, equals: 61, gt: 62, quest: 63, commat: 64, lsqb: 91, bsol: 92, rsqb: 93, lowbar: 95, grave: 96, lcub: 123, rcub: 125, nbsp: 160,
};
