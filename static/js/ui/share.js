// Hand this page on, or the one the button names, by the phone's own sheet or by its address.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const page = { title: button.dataset.share, url: button.dataset.address || location.href.split("#")[0] };
    if (navigator.share) return navigator.share(page).catch(() => {});
    await navigator.clipboard.writeText(page.url);
    button.querySelector("span").textContent = button.dataset.done;
  });
}
