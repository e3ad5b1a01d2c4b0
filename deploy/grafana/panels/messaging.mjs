import { max, orNone, panel, quantiles, rates, row, sum } from "./queries.mjs";

const anchorGap = `${max("service", "crm_chain_position")} - ${max("service", "crm_anchor_position")}`;

/** From the commit of a change to the last consumer that applied it, and the proof of both. */
export const messaging = [
  row("Telling",
    panel("Appended", "ops", { "{{service}}": rates("service", "crm_journal_appended_total") }),
    panel("Told", "ops", { "{{service}}": rates("service", "crm_journal_told_total") },
      "Confirmed by the broker and taken up by the chain."),
    panel("Outbox", "none", { "{{service}}": max("service", "crm_outbox_depth") }, "Committed, not told yet."),
    panel("Age of the oldest entry not told", "s", { "{{service}}": max("service", "crm_outbox_age_seconds") }),
    panel("Relays at work", "none", { "{{service}}": sum("service", "crm_relay_active") }, "One per service, always."),
    panel("Appended by type", "ops", { "{{type}}": rates("type", "crm_journal_appended_total") }),
  ),
  row("Hearing",
    panel("Consumed by outcome", "ops", { "{{outcome}}": rates("outcome", "crm_events_consumed_total") }),
    panel("Applied", "ops", { "{{service}}": rates("service", "crm_events_consumed_total", 'outcome="applied"') }),
    panel("Retried", "ops", { "{{service}}": orNone(rates("service", "crm_events_consumed_total", 'outcome="retried"')) }),
    panel("From commit to applied", "s", quantiles("crm_events_latency_seconds")),
    panel("Waiting", "none", { "{{service}}": max("service", "crm_events_waiting") }, "In the service's queue."),
    panel("Parked", "none", { "{{service}}": max("service", "crm_events_parked") }, "Set aside after the last retry."),
  ),
  row("Proof",
    panel("Position of the chain", "none", { "{{service}}": max("service", "crm_chain_position") }),
    panel("Entries since the last anchor", "none", { "{{service}}": orNone(anchorGap) }),
    panel("Age of the last anchor", "s", { "{{service}}": orNone(`time() - ${max("service", "crm_anchor_timestamp_seconds")}`) }),
  ),
  row("Broker",
    panel("Messages ready", "none", { "ready": sum("", "rabbitmq_queue_messages_ready") }, "In all queues, the stream's included."),
    panel("Messages not acknowledged", "none", { "unacknowledged": sum("", "rabbitmq_queue_messages_unacked") }),
    panel("Connections", "none", { "connections": sum("", "rabbitmq_connections") }),
    panel("Memory", "bytes", {
      "used": sum("", "rabbitmq_process_resident_memory_bytes"),
      "limit": sum("", "rabbitmq_resident_memory_limit_bytes"),
    }),
    panel("Disk", "bytes", {
      "free": "min(rabbitmq_disk_space_available_bytes)",
      "limit": max("", "rabbitmq_disk_space_available_limit_bytes"),
    }),
    panel("Published and delivered", "ops", {
      "published": rates("", "rabbitmq_global_messages_received_total"),
      "delivered": rates("", "rabbitmq_global_messages_delivered_total"),
    }),
  ),
];
