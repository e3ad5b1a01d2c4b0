// Puts the form where this script stands. What the page's address says of where its reader came from goes along.
{
  const script = document.currentScript;
  const address = new URL("/forms/{key}", script.src);
  for (const [name, value] of new URLSearchParams(location.search)) if (name.startsWith("utm_")) address.searchParams.set(name, value);
  address.searchParams.set("ref", document.referrer || location.href);
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = script.dataset.title ?? "Form";
  frame.style.cssText = "width:100%;border:0;display:block;min-height:20rem";
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.data?.crmForm === "{key}") frame.style.height = `${event.data.height}px`;
  });
  script.after(frame);
}
