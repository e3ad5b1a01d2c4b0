import { failedShare, max, orNone, panel, quantile, quantiles, rate, rates, requests, row, select, sum } from "./queries.mjs";

/** One service: what it answers, what it tells and hears, what it stands on. Edge and graph have neither journal nor database. */
export const service = (name) => (name === "edge" ? [doors(name), upstreams(name), runtime(name)]
  : name === "graph" ? [doors(name), upstreams(name), listeners(name), runtime(name)]
  : [doors(name), changes(name), events(name), ...(name === "integrations" ? [webhooks(name)] : []), database(name), runtime(name)]);

const only = (name) => `service="${name}"`;

function doors(name) {
  const of = only(name);
  const by = name === "edge" ? "crm_upstream" : "http_route"; // all that the edge passes on has one route
  return row("Doors",
    panel("Requests", "reqps", { [`{{http_request_method}} {{${by}}}`]: rates(`http_request_method, ${by}`, `${requests}_count`, of) }),
    panel("Answers by status", "reqps", { "{{http_response_status_code}}": rates("http_response_status_code", `${requests}_count`, of) }),
    panel("Share of 5xx", "percentunit", { "5xx": failedShare(of) }),
    panel("Latency of all", "s", quantiles(requests, of)),
    panel("Latency, 99 of 100", "s", { [`{{${by}}}`]: quantile(0.99, by, requests, of) }),
    panel("Refusals by code", "reqps", { "{{code}}": orNone(rates("code", "crm_http_refused_total", of)) }),
    panel("Requests being answered", "none", { "requests": sum("", select("http_server_active_requests", of)) }),
    panel("Connections", "none", { "connections": sum("", select("kestrel_active_connections", of)) }),
    panel("Tokens checked", "ops", { "{{result}}": orNone(rates("result", "crm_tokens_checked_total", of)) }),
  );
}

function upstreams(name) {
  const of = only(name);
  const passedOn = "http_client_request_duration_seconds";
  return row("Upstreams",
    panel("Requests passed on", "reqps", {
      "{{server_address}}:{{server_port}}": rates("server_address, server_port", `${passedOn}_count`, of),
    }),
    panel("Answers of upstreams", "reqps", {
      "{{http_response_status_code}}": rates("http_response_status_code", `${passedOn}_count`, of),
    }),
    panel("Latency of upstreams, 99 of 100", "s", {
      "{{server_address}}:{{server_port}}": quantile(0.99, "server_address, server_port", passedOn, of),
    }),
  );
}

function listeners(name) {
  const of = only(name);
  const latency = "crm_subscriptions_latency_seconds";
  return row("Listeners",
    panel("Connections", "none", { "{{how}}": orNone(sum("how", select("crm_subscriptions_connections", of))) }),
    panel("Subscriptions", "none", { "open": orNone(sum("", select("crm_subscriptions_open", of))) }),
    panel("Told", "ops", { "answers": orNone(rates("", "crm_subscriptions_told_total", of)) }),
    panel("From a change to the client", "s", {
      "median": orNone(quantile(0.5, "", latency, of)),
      "99 of 100": orNone(quantile(0.99, "", latency, of)),
    }),
    panel("Not sent to who does not keep up", "ops", { "{{how}}": orNone(rates("how", "crm_subscriptions_dropped_total", of)) }),
    panel("Connections ended, by why", "ops", { "{{code}}": orNone(rates("code", "crm_subscriptions_ended_total", of)) }),
    panel("Broker", "none", { "reached": orNone(max("", select("crm_broker_up", of))) }, "Without it nobody is told anything."),
  );
}

function changes(name) {
  const of = only(name);
  return row("Changes",
    panel("Appended by type", "ops", { "{{type}}": orNone(rates("type", "crm_journal_appended_total", of)) }),
    panel("Told", "ops", { "told": orNone(rates("", "crm_journal_told_total", of)) }),
    panel("Outbox", "none", { "entries": orNone(max("", select("crm_outbox_depth", of))) }, "Committed, not told yet."),
    panel("Age of the oldest entry not told", "s", { "age": orNone(max("", select("crm_outbox_age_seconds", of))) }),
    panel("Undo", "ops", { "{{result}}": orNone(rates("result", "crm_journal_undone_total", of)) }),
    panel("Replays and repeats", "reqps", {
      "sent again": orNone(rates("", "crm_http_replayed_total", of)),
      "done once more": orNone(rates("", "crm_http_again_total", of)),
    }, "Writes that were sent again and got their first answer, and writes done once more because two had waited for each other."),
    panel("Chain", "none", {
      "position": orNone(max("", select("crm_chain_position", of))),
      "anchored": orNone(max("", select("crm_anchor_position", of))),
    }),
  );
}

function events(name) {
  const of = only(name);
  return row("Events heard",
    panel("Consumed", "ops", { "{{type}} {{outcome}}": orNone(rates("type, outcome", "crm_events_consumed_total", of)) }),
    panel("From commit to applied, 99 of 100", "s", { "{{type}}": orNone(quantile(0.99, "type", "crm_events_latency_seconds", of)) }),
    panel("Waiting and parked", "none", {
      "waiting": orNone(max("", select("crm_events_waiting", of))),
      "parked": orNone(max("", select("crm_events_parked", of))),
    }),
  );
}

function webhooks(name) {
  const of = only(name);
  const tried = "crm_webhook_tried_total";
  const [lag, took] = ["crm_webhook_lag_seconds", "crm_webhook_duration_seconds"];
  return row("Webhooks",
    panel("Requests by what came of them", "ops", { "{{outcome}}": orNone(rates("outcome", tried, of)) }),
    panel("Not taken, by webhook", "ops", { "{{webhook}}": orNone(rates("webhook", tried, `${of},outcome!="delivered"`)) },
      "Those that are not taken are tried again for days; GET /api/v1/deliveries?state=open says which and why."),
    panel("Disabled by themselves", "ops", { "{{because}}": orNone(rates("because", "crm_webhook_disabled_total", of)) }),
    panel("From what happened to its delivery", "s", quantiles(lag, of), "Of those that were taken at the first try."),
    panel("How long they take to answer", "s", quantiles(took, of)),
  );
}

function database(name) {
  const of = only(name);
  const pool = "db_client_connection_pool_name";
  const commands = "db_client_operation_duration_seconds";
  return row("Database",
    panel("Connections", "none", {
      [`{{${pool}}} {{db_client_connection_state}}`]: sum(`${pool}, db_client_connection_state`, select("db_client_connection_count", of)),
      [`{{${pool}}} limit`]: sum(pool, select("db_client_connection_max", of)),
    }),
    panel("Commands", "ops", { [`{{${pool}}}`]: rates(pool, `${commands}_count`, of) }),
    panel("Time of a command, 99 of 100", "s", { [`{{${pool}}}`]: quantile(0.99, pool, commands, of) }),
    panel("Reachable", "bool", {
      "database": `min(${select("crm_database_up", of)})`,
      "broker": `min(${select("crm_broker_up", of)})`,
    }),
  );
}

function runtime(name) {
  const of = only(name);
  return row("Process",
    panel("CPU", "percentunit", { "cores": rates("", "dotnet_process_cpu_time_seconds_total", of) }, "Of the process the service runs in."),
    panel("Memory", "bytes", {
      "working set": max("", select("dotnet_process_memory_working_set_bytes", of)),
      "heap": sum("", select("dotnet_gc_last_collection_heap_size_bytes", of)),
    }),
    panel("Garbage collection", "percentunit", { "share of time": sum("", rate("dotnet_gc_pause_time_seconds_total", of)) }),
    panel("Thread pool", "none", {
      "threads": max("", select("dotnet_thread_pool_thread_count", of)),
      "queue": max("", select("dotnet_thread_pool_queue_length", of)),
    }),
    panel("Exceptions", "ops", { "{{error_type}}": orNone(rates("error_type", "dotnet_exceptions_total", of)) }),
    panel("Lock contention", "ops", { "contentions": rates("", "dotnet_monitor_lock_contentions_total", of) }),
  );
}
