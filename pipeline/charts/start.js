
for (const element of document.querySelectorAll("script.chart")) {
  const spec = JSON.parse(element.textContent);
  const actions = {export: true, source: false, compiled: false, editor: false};
  const target = document.getElementById(element.dataset.target);
  vegaEmbed(target, spec, {ast: true, actions, renderer: "svg"});
}
