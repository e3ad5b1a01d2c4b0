import { failed, failedShare, max, orNone, panel, quantile, rates, requests, row, stat, sum } from "./queries.mjs";

const away = (metric) => orNone(`count(min by (service) (${metric}) == 0)`);
const edge = 'service="edge"';

/** The platform at a glance: can everybody work, is anything piling up? */
export const overview = [
  row("Now",
    stat("Apps that answer", "none", orNone('count(up{job="crm"} == 1)')),
    stat("Services without database", "none", away("crm_database_up"), "They answer 503."),
    stat("Services without broker", "none", away("crm_broker_up"), "Writes go on and wait in the outbox."),
    stat("Requests", "reqps", rates("", `${requests}_count`, edge), "At the edge."),
    stat("Answered with 5xx", "percentunit", failedShare(edge), "At the edge."),
    stat("Events parked", "none", orNone(sum("", max("service", "crm_events_parked"))), "They wait for somebody to look."),
  ),
  row("Doors",
    panel("Requests", "reqps", { "{{service}}": rates("service", `${requests}_count`) }),
    panel("Answers with 5xx", "reqps", { "{{service}}": orNone(rates("service", `${requests}_count`, failed)) }),
    panel("Refusals by code", "reqps", { "{{code}}": orNone(rates("code", "crm_http_refused_total")) },
      "Problems answered on purpose: validation, conflicts, rights."),
    panel("Latency, median", "s", { "{{service}}": quantile(0.5, "service", requests) }),
    panel("Latency, 99 of 100", "s", { "{{service}}": quantile(0.99, "service", requests) }),
    panel("Tokens checked", "ops", { "{{result}}": orNone(rates("result", "crm_tokens_checked_total")) }),
    panel("Requests being answered", "none", { "{{service}}": sum("service", "http_server_active_requests") }),
    panel("Connections", "none", { "{{service}}": sum("service", "kestrel_active_connections") }),
    panel("Idempotent replays", "reqps", { "{{service}}": orNone(rates("service", "crm_http_replayed_total")) },
      "Writes that were sent again and got their first answer."),
  ),
  row("Changes",
    panel("Entries appended", "ops", { "{{service}}": rates("service", "crm_journal_appended_total") }),
    panel("Age of the oldest entry not told", "s", { "{{service}}": max("service", "crm_outbox_age_seconds") }),
    panel("From commit to applied, 99 of 100", "s", { "{{service}}": quantile(0.99, "service", "crm_events_latency_seconds") }),
  ),
  row("Machines",
    panel("CPU", "percentunit", { "{{service}}": rates("service", "dotnet_process_cpu_time_seconds_total") },
      "Of the process the service runs in; 1 is one core."),
    panel("Memory", "bytes", { "{{service}}": max("service", "dotnet_process_memory_working_set_bytes") },
      "Of the process the service runs in."),
    panel("Database connections in use", "none", {
      "{{service}}": sum("service", 'db_client_connection_count{db_client_connection_state="used"}'),
    }),
  ),
];
