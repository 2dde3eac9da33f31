// Small comforts on top of pages that work without them.
import "./ui/menu.js";
import "./ui/corner.js";
import "./ui/agreed.js";
import "./ui/stepper.js";
import "./ui/ordersheet.js";
import "./ui/copy.js";
import "./ui/share.js";
import "./ui/echo.js";
import "./ui/preview.js";
import "./ui/draft.js";
import "./ui/places.js";
import "./ui/passkey.js";
import "./ui/print.js";
import "./ui/focus.js";
import "./ui/again.js";
import "./ui/once.js";
import "./ui/weighing.js";
