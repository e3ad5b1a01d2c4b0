using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Model;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Upstreams;

namespace CrmPlatform.Graph.Plan;

/// <summary>A question that is a slice of its own. Its door answers for one record: of many it is asked for each, a few at a time.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Route">Where it is.</param>
/// <param name="OfRecord">The parameter that is the record it is asked of; none where it is asked of nothing.</param>
/// <param name="Answer">What it answers with.</param>
/// <param name="All">Record types, for records in its answers.</param>
internal sealed record SliceRead(string Service, string Route, string? OfRecord, GraphType Answer, IReadOnlyList<Kept> All) : Elsewhere
{
    private const int AtATime = 8;
    private const int MostAnswered = 50;

    public override int Most(Call call) => Answer.Nullable is ListType ? MostAnswered : 1;

    public override long Questions(Call call, long objects) => OfRecord is null ? 1 : objects;

    public override async Task Do(Fetch fetch, Levels levels, CancellationToken cancel)
    {
        string?[] addresses = [.. fetch.Sources.Select(source => Place(fetch.Call, source as Row))];
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal);
        using var asking = new SemaphoreSlim(AtATime);
        await Task.WhenAll(addresses.OfType<string>().Distinct().Select(async address =>
        {
            await asking.WaitAsync(cancel);
            try
            {
                var answer = await One(address, a => levels.Once(Service, a, cancel));
                lock (answers)
                    answers[address] = answer;
            }
            finally
            {
                asking.Release();
            }
        }));
        for (var i = 0; i < addresses.Length; i++)
            fetch.Values[i] = addresses[i] is { } address ? answers[address] : null;
    }

    private async Task<object?> One(string address, Func<string, Task<Told>> ask)
    {
        try
        {
            var told = await ask(address);
            return told.Status >= 400 ? ServiceClient.Refused(told.Body) : Schemas.Value(Answer, told.Body, All);
        }
        catch (GraphException e)
        {
            return e.Error;
        }
    }

    private string? Place(Call call, Row? row)
    {
        if (OfRecord is null)
            return Address.Of(Route, call.Arguments);
        return row?.Id("id") is { } id ? Address.Of(Route.Replace($"{{{OfRecord}}}", $"{id}", StringComparison.Ordinal), call.Arguments) : null;
    }
}
