// The words the panels are written in.
// Figures of the process (dotnet_…, clients) repeat on every service that runs in it: never add them up over services.
export const row = (title, ...panels) => ({ title, panels });
export const panel = (title, unit, queries, about) => ({ title, unit, queries, about });
export const stat = (title, unit, expr, about) => ({ title, unit, queries: { "": expr }, about, stat: true });

export const select = (metric, labels) => (labels ? `${metric}{${labels}}` : metric);
export const rate = (metric, labels) => `rate(${select(metric, labels)}[$__rate_interval])`;
export const sum = (by, expr) => (by ? `sum by (${by}) (${expr})` : `sum(${expr})`);
export const max = (by, expr) => (by ? `max by (${by}) (${expr})` : `max(${expr})`);
export const rates = (by, metric, labels) => sum(by, rate(metric, labels));
export const quantile = (q, by, metric, labels) =>
  `histogram_quantile(${q}, ${rates(by ? `${by}, le` : "le", `${metric}_bucket`, labels)})`;
export const quantiles = (metric, labels) => ({
  "median": quantile(0.5, "", metric, labels),
  "95 of 100": quantile(0.95, "", metric, labels),
  "99 of 100": quantile(0.99, "", metric, labels),
});

/** For what happens seldom: without it a panel says "no data" where the answer is "none". */
export const orNone = (expr) => `${expr} or vector(0)`;

export const requests = "http_server_request_duration_seconds";
export const failed = 'http_response_status_code=~"5.."';
export const failedShare = (labels) =>
  `(${orNone(rates("", `${requests}_count`, `${labels},${failed}`))}) / ${rates("", `${requests}_count`, labels)}`;
