using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Subscriptions;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Graph.Transport;

/// <summary>What is said over one socket: who calls, then operations, each with an id of the client's, and their answers as they come.</summary>
internal sealed class Conversation(
    SocketLine line, HttpContext http, Answering answering, Admission admission, Graphs graphs, Hub hub, TellingMetrics metrics, TimeProvider clock)
    : IDisposable
{
    private const int MostOperations = 200;
    private const int AnsweredAtOnce = 20;

    private const int BadRequest = 4400, Unauthorized = 4401, Forbidden = 4403, InitialisedLate = 4408, AlreadyThere = 4409, InitialisedTwice = 4429;

    private static readonly TimeSpan InitialiseWithin = TimeSpan.FromSeconds(5), KnownSince = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> running = [];
    private readonly SemaphoreSlim turns = new(AnsweredAtOnce);
    private Listener? listener;
    private bool wasInitialised;

    /// <summary>Answers until one side hangs up.</summary>
    public async Task Run()
    {
        using var hurry = clock.CreateTimer(_ => Late(), null, InitialiseWithin, Timeout.InfiniteTimeSpan);
        try
        {
            while (await line.Read() is { } message)
                await Hear(message);
        }
        finally
        {
            foreach (var (_, operation) in operations)
                await operation.CancelAsync();
            if (listener is not null)
                hub.Leave(listener);
            await Task.WhenAll(running.Keys);
        }
    }

    public void Dispose()
    {
        turns.Dispose();
        listener?.Dispose();
    }

    private async Task Hear(JsonElement message)
    {
        if (line.IsClosing)
            return;
        var (type, id) = (Text(message, "type"), Text(message, "id"));
        switch (type)
        {
            case "connection_init":
                await Initialise(Member(message, "payload"));
                break;
            case "ping":
                await line.Send("pong");
                break;
            case "pong":
                break;
            case "subscribe" when id is { Length: > 0 and <= 200 }:
                await Begin(id, Member(message, "payload"));
                break;
            case "complete" when id is not null:
                if (operations.TryRemove(id, out var operation))
                    await operation.CancelAsync();
                break;
            default:
                await line.Close(BadRequest, "Invalid message received");
                break;
        }
    }

    private async Task Initialise(JsonElement payload)
    {
        if (wasInitialised)
        {
            await line.Close(InitialisedTwice, "Too many initialisation requests");
            return;
        }
        wasInitialised = true;
        if ((Text(payload, "Authorization") ?? Text(payload, "authorization") ?? Text(payload, "token")) is { } token)
            http.Request.Headers.Authorization = token.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? token : $"Bearer {token}";
        var (caller, refusal) = await admission.Admit(http);
        if (refusal is not null)
        {
            await (refusal.Status >= 500 ? line.Close(1013, refusal.Code) : End(refusal.Code));
            return;
        }
        var who = new Listener(caller!, Asker.Of(http));
        try
        {
            who.Graph = (await graphs.Of(who.Asker, caller!, KnownSince)).Graph; // services say whether the token has been revoked
        }
        catch (GraphException e)
        {
            await End(e.Error.Code);
            return;
        }
        who.LookedAt = clock.GetTimestamp();
        hub.Enter(who);
        who.Over.Register(() =>
        {
            metrics.Ended(who.Ended!.Code);
            _ = End(who.Ended!.Code);
        });
        listener = who;
        await line.Send("connection_ack");
    }

    private async Task Begin(string id, JsonElement payload)
    {
        if (listener is null)
        {
            await line.Close(Unauthorized, "Unauthorized");
            return;
        }
        GraphRequest request;
        try
        {
            request = payload.ValueKind == JsonValueKind.Object ? GraphRequest.Of(payload)
                : throw new GraphException(new("There is no payload.", Codes.BadInput));
        }
        catch (Exception e) when (e is GraphException or InvalidOperationException)
        {
            await line.Close(BadRequest, "Invalid message received");
            return;
        }
        if (operations.Count >= MostOperations)
        {
            await Fail(id, [new($"A connection has at most {MostOperations} operations at a time.", Codes.TooMuch)]);
            return;
        }
        var until = new CancellationTokenSource();
        if (!operations.TryAdd(id, until))
        {
            until.Dispose();
            await line.Close(AlreadyThere, $"Subscriber for {id} already exists");
            return;
        }
        var operation = Operate(id, request, listener, until);
        running.TryAdd(operation, true);
        _ = operation.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task Operate(string id, GraphRequest request, Listener by, CancellationTokenSource until)
    {
        await Task.Yield(); // the next message is read meanwhile
        try
        {
            await turns.WaitAsync(until.Token);
            Subscription? subscription;
            try
            {
                subscription = await Answer(id, request, by, until);
            }
            finally
            {
                turns.Release();
            }
            if (subscription is not null)
                await Tell(id, subscription, until);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // The client wants no more of it, or has gone.
        }
        catch (GraphException e)
        {
            await Fail(id, [e.Error], until);
        }
        finally
        {
            operations.TryRemove(KeyValuePair.Create(id, until));
            until.Dispose();
        }
    }

    private async Task<Subscription?> Answer(string id, GraphRequest request, Listener by, CancellationTokenSource until)
    {
        var (seen, run, refused) = await answering.Prepare(request, by.Caller, by.Asker, asks: false, until.Token);
        if (run is null)
        {
            await Fail(id, refused!.Errors, until);
            return null;
        }
        if (run.Operation.Kind == OperationKind.Subscription)
            return await hub.Subscribe(by, request, seen!.Graph, run, until.Token);
        using var answer = await answering.Answer(request, by.Caller, by.Asker, asks: false, until.Token);
        await line.Send("next", id, AnswerText.Of(answer));
        await Complete(id, until);
        return null;
    }

    private async Task Tell(string id, Subscription subscription, CancellationTokenSource until)
    {
        try
        {
            while (await subscription.Next(until.Token) is { } told)
            {
                if (!await line.Send("next", id, told.Text))
                    return;
                metrics.Told(clock.GetUtcNow() - told.HappenedAt);
            }
            if (subscription.Failed.Count > 0)
                await Fail(id, subscription.Failed, until);
            else
                await Complete(id, until);
        }
        finally
        {
            hub.Leave(subscription);
        }
    }

    // The id is free again before the client hears so.
    private async Task Complete(string id, CancellationTokenSource of)
    {
        operations.TryRemove(KeyValuePair.Create(id, of));
        await line.Send("complete", id);
    }

    private async Task Fail(string id, IReadOnlyList<GraphError> errors, CancellationTokenSource? of = null)
    {
        if (of is not null)
            operations.TryRemove(KeyValuePair.Create(id, of));
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            AnswerWriter.Write(writer, errors);
        await line.Send("error", id, text.WrittenMemory);
    }

    // Whose token has only ended may come back with another one; to others it would be of no use.
    private Task End(string code) => line.Close(code is "token_expired" or "scope_missing" or "address_not_allowed" ? Forbidden : Unauthorized, code);

    private void Late()
    {
        if (!wasInitialised)
            _ = line.Close(InitialisedLate, "Connection initialisation timeout");
    }

    private static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
