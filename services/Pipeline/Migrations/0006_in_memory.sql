-- What boards and forecasts ask is a stretch of an index that is in memory: a page of it costs what a page in order costs.
do $$ begin execute format('alter database %I set random_page_cost = 1.1', current_database()); end $$;
