using System.Globalization;
using System.Text.Json;
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
internal sealed record SliceRead(string Service, string Route, string? OfRecord, GraphType Answer, IReadOnlyList<Kept> All) : Asking
{
    private const int AtATime = 8;
    private const int MostAnswered = 50;

    public override int Most(Call call) => Answer.Nullable is ListType ? MostAnswered : 1;

    public override long Questions(Call call, long objects) => OfRecord is null ? 1 : objects;

    /// <summary>Asks for all objects.</summary>
    public async Task Do(Fetch fetch, Func<string, Task<Told>> ask, CancellationToken cancel)
    {
        string?[] addresses = [.. fetch.Sources.Select(source => Address(fetch.Call, source as Row))];
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal);
        using var asking = new SemaphoreSlim(AtATime);
        await Task.WhenAll(addresses.OfType<string>().Distinct().Select(async address =>
        {
            await asking.WaitAsync(cancel);
            try
            {
                var answer = await One(address, ask);
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

    private string? Address(Call call, Row? row)
    {
        var (path, query) = (Route, new List<string>());
        if (OfRecord is not null)
        {
            if (row?.Id("id") is not { } id)
                return null;
            path = path.Replace($"{{{OfRecord}}}", $"{id}", StringComparison.Ordinal);
        }
        foreach (var (name, value) in call.Arguments)
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Text(value)), StringComparison.Ordinal);
            else
                query.AddRange((value as object?[] ?? [value]).Where(v => v is not null).Select(v => $"{name}={Uri.EscapeDataString(Text(v))}"));
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static string Text(object? value) => value switch
    {
        true => "true",
        false => "false",
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        JsonElement json => json.ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value as string ?? "",
    };
}
