using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;
using CrmPlatform.Records.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmPlatform.Records.Views;

/// <summary>The saved views of a record type, below its own doors: <c>/contacts/views</c>.</summary>
internal static class ViewSection
{
    public static Section<View> Of(RecordType type, string plural) => new($"{plural}/views", $"{type.Name}View", $"{type.Name}Views")
    {
        What = $"saved view of {plural}",
        Whats = $"saved views of {plural}",
        Order = "position,name",
        Within = session => Visible(session, type),
        Blank = cause => new View { Record = type.Name, Person = cause.Actor.Id },
        Written = OneDefault,
        Shows = (page, http, included) => Show(page, type, http, included),
        Includes = ["total", "counts"],
    };

    /// <summary>Which views a caller may know of: those for everybody, their own, and their teams'; none of records that they do not see.</summary>
    public static async ValueTask<string> Visible(Session session, RecordType type)
    {
        if ((await session.Reach(type, Deed.Read)).Reach == Reach.None)
            return Section<View>.Nothing;
        var ofTeams = (await session.Standing()).Teams.Count == 0 ? "" : " or scope = \"team\" and teamId in myteam";
        return $"record = {Expression.Quote(type.Name)} and (scope = \"public\" or person = {Expression.Quote(session.Cause.Actor.Id)}{ofTeams})";
    }

    // Of the views for everybody, and of each person's own, one at most is the one to begin with: the last that was said to be.
    private static async Task OneDefault(Session session, View view)
    {
        if (!view.Default)
            return;
        await session.Hold([$"default view of {view.Record}"]);
        var others = await session.List<View>(
            """
            record = @record and "default" and deleted_at is null and id <> @id
            and (scope = 'public') = @everybody and (@everybody or person = @person)
            """,
            new { record = view.Record, id = view.Id, everybody = view.Scope == ViewScope.Public, person = view.Person }, locks: true);
        foreach (var other in others)
            await session.Change(other, other with { Default = false });
    }

    private static async Task Show(IReadOnlyList<(View Record, JsonObject Shown)> page, RecordType type, HttpContext http, IReadOnlySet<string> included)
    {
        var session = http.RequestServices.GetRequiredService<Session>();
        var shape = await http.RequestServices.GetRequiredService<Shapes>().Of(type, session, http.RequestAborted);
        var sight = await session.Sight(type);
        var retired = (await session.Model.Own.Of(session.Cause.Tenant, http.RequestAborted)).Of(type.Name)
            .Where(f => f.Retired).Select(f => RecordType.Own(f.Name)).ToHashSet();
        var counts = included.Contains("counts") ? new Counts(http, type, session) : null;
        foreach (var (view, shown) in page)
        {
            var problems = new JsonArray();
            var filter = Fits("filter", view.Filter, text => Filter.Parse(text, shape), problems);
            var sort = Fits("sort", view.Sort, text => Sort.Parse(text, shape), problems);
            foreach (var column in view.Columns.Where(c => !ViewRules.Knows(type, sight, shape, c)))
                problems.Add($"columns: there is no field {column} any more.");
            var used = (filter?.Fields ?? new HashSet<string>()).Concat(sort?.Keys.Select(k => k.Field) ?? []).Concat(view.Columns);
            foreach (var field in used.Distinct().Where(retired.Contains))
                problems.Add($"{field} is retired.");
            if (problems.Count > 0)
                shown["problems"] = problems;
            if (counts is not null && (filter is not null || string.IsNullOrWhiteSpace(view.Filter)))
                await counts.Add(shown, filter);
        }
    }

    private static T? Fits<T>(string what, string? text, Func<string, T> parse, JsonArray problems)
        where T : class
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : parse(text);
        }
        catch (QueryException e)
        {
            problems.Add($"{what}: {e.Message}");
            return null;
        }
    }
}
