// A plan grows and shrinks: by its buttons, two fingers, or the wheel with Ctrl. Without this it scrolls at 16 px a metre.
// Where nothing is drawn, a mouse pulls the floor as a finger does.
const LEAST = 0.15;
const MOST = 4;

function pulled(box) {
  let from = null;
  let far = false;
  box.classList.add("is-pulled");
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    far = false;
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const [left, top] = [from.x - event.clientX, from.y - event.clientY];
    far ||= Math.hypot(left - box.scrollLeft, top - box.scrollTop) > 4;
    if (far) box.scrollTo(left, top);
  });
  addEventListener("pointerup", () => (from = null));
  // A pull that ends over a booth is no press of its link; a link is not to be carried away either.
  box.addEventListener("click", (event) => far && event.preventDefault(), true);
  box.addEventListener("dragstart", (event) => event.preventDefault());
}

export function zoomable(frame) {
  const box = frame.querySelector(".plan-w");
  const svg = box.querySelector("svg");
  if (!svg) return null;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let scale = 1;

  const phone = matchMedia("(max-width: 699.98px)");
  const fitting = () => Math.min(1.6, (box.clientWidth - 2) / width, (0.76 * innerHeight) / height);

  // Whatever lies under (x, y) of the box stays there.
  function set(wanted, x = box.clientWidth / 2, y = box.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    const left = (box.scrollLeft + x) / scale;
    const top = (box.scrollTop + y) / scale;
    scale = next;
    svg.setAttribute("width", Math.round(width * scale));
    svg.setAttribute("height", Math.round(height * scale));
    box.scrollTo(left * scale - x, top * scale - y);
  }

  frame.querySelector(".plan-zoom").hidden = false;
  for (const button of frame.querySelectorAll("[data-zoom-by]")) {
    const by = button.dataset.zoomBy;
    button.addEventListener("click", () => set(by === "fit" ? fitting() : scale * Number(by)));
  }
  box.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = box.getBoundingClientRect();
      set(scale * Math.exp(-event.deltaY / 400), event.clientX - at.left, event.clientY - at.top);
    },
    { passive: false },
  );

  const fingers = new Map();
  let began = null;
  const apart = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  box.addEventListener("touchstart", note, { passive: true });
  box.addEventListener("touchend", note, { passive: true });
  box.addEventListener("touchcancel", note, { passive: true });
  box.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2 || !began) return;
      event.preventDefault();
      remember(event);
      const at = box.getBoundingClientRect();
      const [one, other] = [...fingers.values()];
      set((began.scale * apart()) / began.apart, (one.x + other.x) / 2 - at.left, (one.y + other.y) / 2 - at.top);
    },
    { passive: false },
  );
  function remember(event) {
    fingers.clear();
    for (const touch of event.touches) fingers.set(touch.identifier, { x: touch.clientX, y: touch.clientY });
  }
  function note(event) {
    remember(event);
    began = fingers.size === 2 ? { scale, apart: apart() } : null;
  }

  // At first numbers can be read, and on a phone a thumb can hit a booth: a big hall is scrolled.
  set(Math.max(fitting(), phone.matches ? 0.8 : 0.6), 0, 0);
  const lit = svg.querySelector(".is-found");
  if (lit) {
    const at = lit.getBoundingClientRect();
    const inside = box.getBoundingClientRect();
    box.scrollBy(at.left - inside.left - box.clientWidth / 2, at.top - inside.top - box.clientHeight / 2);
  }
  return { scale: () => scale, box, svg };
}

for (const frame of document.querySelectorAll("[data-zoom]")) {
  if (frame.closest("[data-editor]") || !zoomable(frame)) continue;
  pulled(frame.querySelector(".plan-w"));
}
