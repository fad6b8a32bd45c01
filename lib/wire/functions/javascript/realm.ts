// The text that the interpreter starts with: what it has not, then the guest.
import "./boot";
import "./polyfills";
import "../../../functions/javascript/guest/main";
