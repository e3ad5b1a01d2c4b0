#!/usr/bin/env python3
"""Hears what happens in the CRM, in a queue of your own, each event once.

    hear.py listen                          from now on, also what happens while it does not run
    hear.py replay first|last|OFFSET|TIME   again, from the stream of the last days; TIME is like 2026-01-31T12:00:00Z

    CRM_BROKER   amqp://team.billing:PASSWORD@HOST:5672/VHOST   what whoever runs the CRM gave you
    CRM_QUEUE    team.billing.contacts                          begins with the name of your user
    CRM_EVENTS   contacts.contact.*,*.*.deleted                 which events, separated by commas
    CRM_STORE    heard.db                                       where your data lies, and with it which events were taken

Needs pika (Debian: python3-pika).
"""
import datetime
import json
import os
import re
import sqlite3
import sys

import pika

BROKER = os.environ["CRM_BROKER"]
QUEUE = os.environ["CRM_QUEUE"]
EVENTS = os.environ.get("CRM_EVENTS", "#").split(",")


def handle(store, event_type, headers, event):
    """Your own work. Whatever it writes belongs into the transaction that remembers the event."""
    store.execute("insert into note (event, record, version) values (?, ?, ?)", (headers["cloudEvents:id"], event["id"], event["version"]))


def open_store():
    store = sqlite3.connect(os.environ.get("CRM_STORE", "heard.db"))
    store.execute("create table if not exists taken (event text primary key)")
    store.execute("create table if not exists note (event text, record text, version integer)")
    return store


def take(store, headers, body):
    """Does the work of an event once: it may come again after a connection broke, or when it is replayed."""
    event = json.loads(body)
    with store:  # one transaction: the work and the memory of it are kept together, or neither is
        if not store.execute("insert or ignore into taken (event) values (?)", (headers["cloudEvents:id"],)).rowcount:
            return
        handle(store, headers["cloudEvents:type"], headers, event)
    print(json.dumps({"id": headers["cloudEvents:id"], "type": headers["cloudEvents:type"], "record": event["id"], "version": event["version"],
                      "offset": headers.get("x-stream-offset")}), flush=True)


def on_message(store):
    def take_and_acknowledge(channel, delivery, properties, body):
        take(store, properties.headers, body)
        channel.basic_ack(delivery.delivery_tag)  # only now: what is not acknowledged comes again
    return take_and_acknowledge


def listen(channel, store):
    # A quorum queue outlives a broker of the cluster. It fills while you are away: delete one that you need no more.
    channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
    for pattern in EVENTS:
        channel.queue_bind(QUEUE, "crm.events", pattern)
    channel.basic_consume(QUEUE, on_message(store))


def replay(channel, store, where):
    # The stream knows nothing of patterns: what you did not ask for is passed over.
    if where not in ("first", "last"):
        where = int(where) if where.isdigit() else datetime.datetime.fromisoformat(where.replace("Z", "+00:00"))
    wanted = re.compile("|".join(re.escape(p).replace(r"\*", "[^.]+").replace(r"\#", ".*") for p in EVENTS))
    taken = on_message(store)

    def take_if_wanted(channel, delivery, properties, body):
        if wanted.fullmatch(properties.headers["cloudEvents:type"]):
            taken(channel, delivery, properties, body)
        else:
            channel.basic_ack(delivery.delivery_tag)

    channel.basic_consume("crm.events.stream", take_if_wanted, arguments={"x-stream-offset": where})


def main():
    store = open_store()
    connection = pika.BlockingConnection(pika.URLParameters(BROKER))
    channel = connection.channel()
    channel.basic_qos(prefetch_count=100)  # a stream wants a limit, and a queue is fairer with one
    if sys.argv[1] == "listen":
        listen(channel, store)
    else:
        replay(channel, store, sys.argv[2])
    print("ready", file=sys.stderr, flush=True)
    try:
        channel.start_consuming()
    except KeyboardInterrupt:
        connection.close()


if __name__ == "__main__":
    main()
