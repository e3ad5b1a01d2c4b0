-- One step may stand there for several roles, each by itself.
drop index "lead_transition__to";
