using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Intake;
using CrmPlatform.Journal.Records;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace CrmPlatform.Shared.Tests.Intake;

[Event("intaketest.thing.changed")]
public sealed record ThingChanged : RecordEvent;

[Event("intaketest.thing.noted")]
public sealed record ThingNoted : RecordEvent
{
    public required string Text { get; init; }
}

/// <summary>What the consumer writes when it writes a record.</summary>
public sealed record Note : Record
{
    public const string Tables =
        """
        create table note (text text not null);
        select crm_record('note');
        create table applied (n bigint generated always as identity, tenant uuid not null, record_id uuid not null, version int not null);
        select crm_protect('applied');
        do $$ begin execute format('grant usage on all sequences in schema public to %I', crm.login()); end $$;
        """;

    [Required]
    public string Text { get; init; } = "";
}

/// <summary>Notes down what it hears, unless the script lets it fail.</summary>
internal sealed class OnThingChanged(Script script) : IConsumer<ThingChanged>
{
    public async Task Consume(ConsumeContext<ThingChanged> context)
    {
        var thing = context.Message;
        await script.Play(thing);
        await context.Session().Execute(
            "insert into applied (tenant, record_id, version) values (@tenant, @id, @version)", new { id = thing.Id, version = thing.Version });
    }
}

/// <summary>A second consumer of the same event: both share one session.</summary>
internal sealed class OnThingChangedToo(Script script) : IConsumer<ThingChanged>
{
    public async Task Consume(ConsumeContext<ThingChanged> context) =>
        script.Seen.Add((await context.Session().Query<int>("select count(*)::int from applied where tenant = @tenant"))[0]);
}

/// <summary>Writes a record, so that something is appended to the journal.</summary>
internal sealed class OnThingNoted : IConsumer<ThingNoted>
{
    public async Task Consume(ConsumeContext<ThingNoted> context) =>
        await context.Session().Create(new Note { Text = context.Message.Text });
}

/// <summary>Takes the same events by the run.</summary>
internal sealed class AppliedThings : Projection
{
    public override IReadOnlyList<string> Wants => ["intaketest.thing.*"];

    public override async Task Apply(CrmPlatform.Journal.Session session, IReadOnlyList<IncomingEvent> events) => await session.Execute(
        "insert into applied (tenant, record_id, version) select @tenant, * from unnest(@ids, @versions)",
        new { ids = events.Select(e => e.RecordId).ToArray(), versions = events.Select(e => e.Version).ToArray() });
}

/// <summary>What the consumers of a test do, and what was logged.</summary>
internal sealed class Script : ILoggerProvider, ILogger
{
    public Func<ThingChanged, Task> Play { get; set; } = _ => Task.CompletedTask;

    public ConcurrentBag<int> Seen { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");

    public void Dispose()
    {
    }
}

/// <summary>An event as a relay puts it on the wire.</summary>
internal sealed record Told(Guid RecordId, int Version)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid Tenant { get; init; } = Guid.CreateVersion7();

    public string Type { get; init; } = "intaketest.thing.changed";

    public string? Text { get; init; }

    public string? Trace { get; init; }

    public ReadOnlyMemory<byte> Body => Encoding.UTF8.GetBytes(Text ?? $$"""{"id": "{{RecordId}}", "version": {{Version}}}""");

    public BasicProperties Properties()
    {
        var headers = new Dictionary<string, object?>
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = Id.ToString(),
            ["cloudEvents:source"] = "/intaketest",
            ["cloudEvents:type"] = Type,
            ["cloudEvents:subject"] = $"thing/{RecordId}",
            ["cloudEvents:time"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O"),
            ["cloudEvents:tenant"] = Tenant.ToString(),
            ["cloudEvents:actor"] = """{"kind": "user", "id": "u1", "name": "Una"}""",
            ["cloudEvents:operation"] = Guid.CreateVersion7().ToString(),
            ["cloudEvents:recordversion"] = Version,
        };
        if (Trace is not null)
            headers["traceparent"] = Trace;
        return new BasicProperties { MessageId = Id.ToString(), ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, Headers = headers };
    }
}

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    public static async Task True(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        for (var watch = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
            if (watch.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"Not within {seconds} s: {what}.");
    }
}

/// <summary>Behaves as if the session were its own.</summary>
internal sealed class OnThingChangedRudely : IConsumer<ThingChanged>
{
    public async Task Consume(ConsumeContext<ThingChanged> context)
    {
        await using var session = context.Session();
        await session.Execute(
            "insert into applied (tenant, record_id, version) values (@tenant, @id, @version)",
            new { id = context.Message.Id, version = context.Message.Version });
        if (context.Message.Version == 1)
            await session.Commit();
    }
}
