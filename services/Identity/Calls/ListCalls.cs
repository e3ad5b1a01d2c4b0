using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;

namespace CrmPlatform.Identity.Calls;

/// <summary>What programs asked, newest first: each sees its own requests, who audits those of all.</summary>
public static class ListCalls
{
    private const int Usual = 50, Most = 200;

    /// <summary>One request.</summary>
    /// <param name="Id">Its id, as its answer named it (<c>Crm-Request</c>).</param>
    /// <param name="At">When it came.</param>
    /// <param name="Source">The API key or OAuth client.</param>
    /// <param name="Actor">Who it acted as: itself, or a person.</param>
    /// <param name="Method">GET, POST …</param>
    /// <param name="Route">The route, as the OpenAPI document names it; <c>unknown</c> where it names none.</param>
    /// <param name="RecordId">The record it was about, where the path had one.</param>
    /// <param name="Status">What was answered.</param>
    /// <param name="Code">The code of the problem, if it was one.</param>
    /// <param name="Ms">How long that took, in milliseconds.</param>
    /// <param name="Trace">The trace it is in.</param>
    /// <param name="Received">Bytes of what was sent.</param>
    /// <param name="Sent">Bytes of what was answered.</param>
    /// <param name="Deprecated">Whether what it used is deprecated.</param>
    public sealed record Item(
        Guid Id, DateTimeOffset At, string Source, string Actor, string Method, string Route, Guid? RecordId, int Status, string? Code, double Ms, string Trace,
        long Received, long Sent, bool Deprecated);

    /// <summary>A page of them.</summary>
    public sealed record Page(IReadOnlyList<Item> Items, string? NextCursor);

    /// <summary>The requests that the caller may know of.</summary>
    public static async Task<Page> Handle(
        Session session,
        [Description("Of which API key or OAuth client.")] string? source = null,
        [Description("GET, POST …")] string? method = null,
        [Description("The route, as the OpenAPI document names it: `/api/v1/contacts/{id}`.")] string? route = null,
        [Description("The record it was about.")] Guid? recordId = null,
        [Description("What was answered: `404`, or `4xx` for all of that kind.")] string? status = null,
        [Description("The code of the problem: `duplicate`.")] string? code = null,
        [Description("The trace.")] string? trace = null,
        [Description("True: only those that used what is deprecated.")] bool? deprecated = null,
        [Description("From when on.")] DateTimeOffset? from = null,
        [Description("Until before when.")] DateTimeOffset? to = null,
        [Range(1, Most), Description("How many at most: 50 where nothing is said.")] int? limit = null,
        [Description("Where to go on: the nextCursor of the page before.")] string? cursor = null)
    {
        if (limit is < 1 or > Most)
            throw Refusal.Invalid("limit", $"limit is between 1 and {Most}.");
        var place = Guid.Empty;
        if (cursor is not null && !Guid.TryParse(cursor, out place))
            throw Refusal.Invalid("cursor", "This is no cursor of an earlier page.");
        var (lowest, highest) = Between(status);
        var size = limit ?? Usual;
        var mine = await Mine(session);
        var rows = await session.Query<Item>(
            $"""
            select id, at, source, actor, method, route, record_id, status, code, ms, trace, received, sent, deprecated
            from call
            where tenant = @tenant {(mine is not null ? "and actor = @mine" : "")} {(source is not null ? "and source = @source" : "")}
                {(method is not null ? "and method = upper(@method)" : "")} {(route is not null ? "and route = @route" : "")}
                {(recordId is not null ? "and record_id = @recordId" : "")} {(status is not null ? "and status between @lowest and @highest" : "")}
                {(code is not null ? "and code = @code" : "")} {(trace is not null ? "and trace = @trace" : "")}
                {(deprecated is not null ? "and deprecated = @deprecated" : "")}
                {(from is not null ? "and at >= @from" : "")} {(to is not null ? "and at < @to" : "")} {(cursor is not null ? "and id < @place" : "")}
            order by id desc limit {size + 1}
            """,
            new
            {
                mine = mine ?? "",
                source = source ?? "",
                method = method ?? "",
                route = route ?? "",
                recordId = recordId ?? Guid.Empty,
                lowest,
                highest,
                code = code ?? "",
                trace = trace ?? "",
                deprecated = deprecated ?? false,
                from = from?.ToUniversalTime() ?? default,
                to = to?.ToUniversalTime() ?? default,
                place,
            });
        var page = rows.Take(size).ToList();
        return new Page(page, rows.Count > size ? $"{page[^1].Id}" : null);
    }

    /// <summary>As whom a caller's own requests were made; null who may know of all of them.</summary>
    internal static async ValueTask<string?> Mine(Session session)
    {
        var rights = (await session.Standing()).Rights;
        return rights.Has(Privilege.Audit) || rights.Has(Privilege.DataModel) ? null : session.Cause.Actor.Id;
    }

    private static (int Lowest, int Highest) Between(string? status) => status switch
    {
        null => default,
        [>= '1' and <= '5', 'x', 'x'] => ((status[0] - '0') * 100, ((status[0] - '0') * 100) + 99),
        _ when int.TryParse(status, out var exact) && exact is >= 100 and < 600 => (exact, exact),
        _ => throw Refusal.Invalid("status", "status looks like 404, or 4xx."),
    };
}
