using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;
using CrmPlatform.Query;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CrmPlatform.Records.Views;

/// <summary>How many records views show: up to a number, and as many of them as can be counted in a moment.</summary>
internal sealed class Counts(HttpContext http, RecordType type, Session session)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TimeProvider clock = http.RequestServices.GetRequiredService<TimeProvider>();
    private readonly long since = http.RequestServices.GetRequiredService<TimeProvider>().GetTimestamp();

    /// <summary>Adds <c>count</c>: null when there was no time; with <c>countCapped</c> there are more.</summary>
    public async Task Add(JsonObject shown, Filter? filter)
    {
        shown["count"] = null;
        var left = Patience - clock.GetElapsedTime(since);
        if (left <= TimeSpan.Zero || await Count(filter, left) is not { } count)
            return;
        shown["count"] = Math.Min(count, Most);
        if (count > Most)
            shown["countCapped"] = true;
    }

    // In a session of its own: one count that takes too long must not take the others with it.
    private async Task<long?> Count(Filter? filter, TimeSpan atMost)
    {
        await using var own = http.RequestServices.GetRequiredService<Sessions>().Begin(session.Cause, http.RequestAborted);
        var seen = (await own.Reach(type, Deed.Read)).And();
        var condition = Asked.All([filter], await Asked.Context(session, http.Request.Query["zone"]));
        try
        {
            await own.Execute("select set_config('statement_timeout', @atMost, true)", new { atMost = $"{(int)Math.Ceiling(atMost.TotalMilliseconds)}" });
            return (await own.Read(
                $"""
                select count(*) from (select 1 from {type.Table} r
                    where r.tenant = $1 and r.deleted_at is null{seen}{(condition is null ? "" : $" and {condition.Text}")} limit {Most + 1}) found
                """,
                row => row.GetInt64(0), [session.Cause.Tenant, .. condition?.Parameters ?? []]))[0];
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }
}
