// Photos show themselves before they are sent. A canvas, because the page allows no pictures from elsewhere.
async function draw(file, into) {
  const picture = await createImageBitmap(file, { resizeWidth: 240 }).catch(() => null);
  if (!picture) return;
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.role = "img";
  canvas.ariaLabel = file.name;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  into.append(canvas);
}

for (const field of document.querySelectorAll("input[data-preview]")) {
  const box = document.getElementById(field.dataset.preview);
  field.addEventListener("change", () => {
    box.replaceChildren();
    for (const file of [...field.files].slice(0, 12)) if (file.type.startsWith("image/")) draw(file, box);
  });
}
