using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Records.Doors;

/// <summary>Adds to what is shown of each record of a page.</summary>
internal delegate Task Shows<T>(IReadOnlyList<(T Record, JsonObject Shown)> page, HttpContext http, IReadOnlySet<string> included)
    where T : Record;

/// <summary>The records a set of doors leads to: all of a type, or some of them that belong together. Of the others the doors know nothing.</summary>
/// <param name="Route">Where the doors are: <c>contacts</c>, <c>contacts/fields</c>.</param>
/// <param name="One">One of them in the names of operations: <c>contactField</c>.</param>
/// <param name="Many">Several of them.</param>
internal sealed record Section<T>(string Route, string One, string Many)
    where T : Record
{
    /// <summary>A filter that no record passes.</summary>
    public const string Nothing = "id is null";

    /// <summary>One of them, for people.</summary>
    public string What { get; init; } = One;

    /// <summary>Several of them, for people.</summary>
    public string Whats { get; init; } = Many;

    /// <summary>The order of a list for which none is asked.</summary>
    public string Order { get; init; } = "-createdAt";

    /// <summary>Which records belong to it, for a caller: a filter.</summary>
    public Func<Session, ValueTask<string>>? Within { get; init; }

    /// <summary>What a new one has in any case.</summary>
    public Func<Cause, T>? Blank { get; init; }

    /// <summary>What follows from a record that was written.</summary>
    public Func<Session, T, Task>? Written { get; init; }

    /// <summary>What is shown of a record beside its fields.</summary>
    public Shows<T>? Shows { get; init; }

    /// <summary>What a list can be asked to include.</summary>
    public IReadOnlyList<string> Includes { get; init; } = ["total"];

    public async ValueTask<Filter?> Filter(Session session, Shape shape) => Within is null ? null : Query.Filter.Parse(await Within(session), shape);

    /// <summary>The record, if it belongs here.</summary>
    public async ValueTask<T?> Mine(T? record, HttpContext http)
    {
        if (Within is null || record is null)
            return record;
        var session = http.RequestServices.GetRequiredService<Session>();
        var shape = await http.RequestServices.GetRequiredService<Shapes>().Of(session.TypeOf<T>(), session, http.RequestAborted);
        return (await Filter(session, shape))!.ToPredicate(await Asked.Context(session, null))(record) ? record : null;
    }

    public HashSet<string> Included(string? include)
    {
        HashSet<string> asked = [.. (include ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return asked.IsSubsetOf(Includes) ? asked : throw Refusal.Invalid("include", $"include is {string.Join(" or ", Includes)}, or nothing.");
    }

    /// <summary>What is shown of records: their fields, and what the section adds.</summary>
    public async Task<List<JsonObject>> Shown(IReadOnlyList<T> records, HttpContext http, IReadOnlySet<string> included)
    {
        var json = await http.RequestServices.GetRequiredService<Session>().Json();
        var page = records.Select(r => (r, JsonSerializer.SerializeToNode(r, json)!.AsObject())).ToList();
        if (Shows is not null)
            await Shows(page, http, included);
        return page.ConvertAll(p => p.Item2);
    }
}
