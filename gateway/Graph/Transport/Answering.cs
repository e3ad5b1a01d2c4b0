using CrmPlatform.Access;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;
using CrmPlatform.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmPlatform.Graph.Transport;

/// <summary>What a request is answered with.</summary>
/// <param name="Data">The data, where it came to asking for them.</param>
/// <param name="Errors">What is wrong.</param>
/// <param name="WasDone">Whether the operation was begun: without that there are no data at all.</param>
/// <param name="IsChange">Whether a change was asked for.</param>
internal sealed record GraphAnswer(Answered? Data, IReadOnlyList<GraphError> Errors, bool WasDone, bool IsChange = false) : IDisposable
{
    /// <summary>What holds the data: given back when the answer is written.</summary>
    public IDisposable? Lent { get; init; }

    /// <summary>Whether a service has answered by another model than the graph was made of.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>Whether something was changed: that is not done twice.</summary>
    public bool IsOfChange { get; init; }

    public void Dispose() => Lent?.Dispose();
}

/// <summary>Answers requests: document, operation, variables, cost, then the answer itself.</summary>
internal sealed partial class Answering(Graphs graphs, PersistedOperations persisted, ServiceClient client, Settings settings, ILogger<Answering> log)
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="asker">On whose behalf services are asked.</param>
    /// <param name="asks">Whether only questions are answered.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<GraphAnswer> Answer(GraphRequest request, Caller caller, Asker asker, bool asks, CancellationToken cancel)
    {
        var answer = await Once(request, caller, asker, asks, cancel);
        if (!answer.IsOutdated || answer.IsOfChange)
            return answer;
        answer.Dispose();
        return await Once(request, caller, asker, asks, cancel); // the services' records have become others meanwhile
    }

    /// <summary>Reads a request: what it comes to in the graph its caller sees, or why it is not answered.</summary>
    public async Task<(SeenGraph? Seen, Run? Run, GraphAnswer? Refused)> Prepare(
        GraphRequest request, Caller caller, Asker asker, bool asks, CancellationToken cancel)
    {
        try
        {
            var (seen, read) = await graphs.Read(asker, caller, persisted.DocumentOf(request));
            if (read.Errors.Count > 0 || read.Document is not { } document)
                return (null, null, Refused([.. read.Errors]));
            var operation = Operation(document, request.OperationName);
            if (asks && operation.Kind != OperationKind.Query)
                return (null, null, Refused(new GraphError("Only questions are answered to GET.", "method_not_allowed")) with { IsChange = true });
            if (!settings.GraphIntrospection && read.Introspects)
                return (null, null, Refused(new GraphError("The graph does not describe itself here.", "introspection_off")));
            var types = seen.Graph.Types;
            var (variables, wrong) = Inputs.Variables(types, document, operation, request.Variables);
            if (wrong.Count > 0)
                return (null, null, Refused([.. wrong]));
            var run = new Run(types, document, operation, variables, Nothing, Failed, cancel) { Known = read.Known ?? new() };
            return Cost.Refuse(run) is { } tooMuch ? (null, null, Refused(tooMuch)) : (seen, run, null);
        }
        catch (GraphException e)
        {
            return (null, null, Refused(e.Error));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return (null, null, Unexpectedly(e));
        }
    }

    private async Task<GraphAnswer> Once(GraphRequest request, Caller caller, Asker asker, bool asks, CancellationToken cancel)
    {
        var (seen, run, refused) = await Prepare(request, caller, asker, asks, cancel);
        if (run is null)
            return refused!;
        if (run.Operation.Kind == OperationKind.Subscription)
            return Refused(new GraphError("A subscription is told over a WebSocket, or as an event stream (Accept: text/event-stream).", "not_acceptable"));
        var levels = new Levels(client, asker, seen!.Versions);
        try
        {
            var (data, errors) = await Executor.Execute(run with { Fetching = levels.Fetch }, caller);
            if (levels.IsOutdated)
                graphs.IsOutdated(caller, seen);
            return new(data, errors, WasDone: true) { Lent = levels, IsOutdated = levels.IsOutdated, IsOfChange = run.Operation.Kind != OperationKind.Query };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            levels.Dispose();
            return Unexpectedly(e);
        }
    }

    // Who prepares says how it is fetched when it comes to that.
    private static Task Nothing(IReadOnlyList<Fetch> level, CancellationToken cancel) =>
        throw new InvalidOperationException("What was prepared is fetched by whoever runs it.");

    private static Operation Operation(Document document, string? name)
    {
        var all = document.Definitions.OfType<Operation>().Where(o => name is null || o.Name?.Text == name).ToList();
        return all.Count == 1 ? all[0] : throw new GraphException(new(
            name is null ? "The document has several operations: operationName says which." : $"The document has no operation {name}.", Codes.BadInput));
    }

    private static GraphAnswer Refused(params GraphError[] errors) => new(null, errors, WasDone: false);

    private GraphAnswer Unexpectedly(Exception e)
    {
        Failed(e);
        return new(null, [new("Something went wrong here.", Codes.Internal)], WasDone: true);
    }

    private void Failed(Exception exception) => Unexpected(exception);

    [LoggerMessage(LogLevel.Error, "A field could not be answered")]
    private partial void Unexpected(Exception exception);
}
