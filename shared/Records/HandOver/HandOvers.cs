using System.Text.Json;
using CrmPlatform.Access;
using CrmPlatform.Contracts;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Records.HandOver;

/// <summary>
/// Lets every service hand over what somebody owns who has been deactivated: one job for each record type of which they have any, under the operation
/// that deactivated them, so that undoing that takes all of it back. What the service that knows the people keeps of them
/// stays theirs. Should it be undone before this service has heard of it, it is taken back here.
/// </summary>
public sealed class HandOvers(string service) : Projection
{
    /// <summary>The kind of job that gives records to somebody else.</summary>
    public const string Kind = "hand-over";

    /// <summary>The kind of job that takes this back.</summary>
    public const string Back = "take-back";

    private const string Deactivated = "identity.user.deactivated";

    // Serves whoever looks at jobs, too: who asked for it is who deactivated, through the door of what followed from that.
    private const string EnterSql =
        """
        insert into job (tenant, id, kind, record, state, operation, actor, trace, request, created_at)
        values (@tenant, @id, @kind, @record, 'queued', @Operation, @actor::jsonb, @Trace, @request::jsonb, @now)
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Wants { get; } = [Deactivated, "identity.user.updated"];

    /// <inheritdoc/>
    public override async Task Apply(Session session, IReadOnlyList<IncomingEvent> events)
    {
        foreach (var told in events.Where(e => !e.Type.StartsWith($"{service}.", StringComparison.Ordinal)))
            if (told.Type == Deactivated && told.Read<Facts>() is { HandOverTo: { } to })
                await HandOver(session, told, to);
            else if (told.Type != Deactivated && told.Read<Facts>() is { Undoes: { } operation })
                await TakeBack(session, told, operation);
    }

    private static async Task HandOver(Session session, IncomingEvent told, Guid to)
    {
        foreach (var type in session.Types)
            if (await Any(session, $"select 1 from {type.Table} where tenant = $1 and owner_id = $2 limit 1", told.RecordId))
                await Enter(session, told, Kind, type.Name, new HandOverRequest(told.RecordId, to));
    }

    // Through the edge all services undo as one; it is here alone that the order of the two can be another.
    private static async Task TakeBack(Session session, IncomingEvent told, Guid operation)
    {
        var types = await session.Read(
            $"select distinct record from job where tenant = $1 and operation = $2 and kind = '{Kind}'", row => row.GetString(0),
            session.Cause.Tenant, operation);
        if (types.Count > 0)
            await Enter(session, told, Back, types[0], new TakeBackRequest(operation));
    }

    private static Task Enter(Session session, IncomingEvent told, string kind, string record, object request) => session.Execute(EnterSql, new
    {
        id = Guid.CreateVersion7(session.Now),
        kind,
        record,
        told.Operation,
        actor = JsonSerializer.Serialize(told.Actor with { Door = kind }, Changes.Json),
        told.Trace,
        request = JsonSerializer.Serialize(request, Changes.Json),
        now = session.Now,
    }).AsTask();

    private static async Task<bool> Any(Session session, string sql, Guid owner) =>
        (await session.Read(sql, row => row.GetInt32(0), session.Cause.Tenant, owner)).Count > 0;

    private sealed record Facts : RecordEvent
    {
        public Guid? HandOverTo { get; init; }

        public Guid? Undoes { get; init; }
    }
}

/// <summary>Whose records become whose.</summary>
internal sealed record HandOverRequest(Guid From, Guid To);

/// <summary>Which operation is taken back.</summary>
internal sealed record TakeBackRequest(Guid Operation);
