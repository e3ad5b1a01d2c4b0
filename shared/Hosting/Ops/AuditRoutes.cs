using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Ops;

/// <summary>What everybody did, for those who may ask: the journal of this service. The edge answers with those of all services.</summary>
internal static class AuditRoutes
{
    private const int MostLimit = 200;

    private static readonly HashSet<string> Parameters =
        ["actor", "record", "recordId", "type", "operation", "door", "address", "from", "to", "cursor", "limit"];

    public static void MapAudit(this IEndpointRouteBuilder api, string service) => api.MapGet("/audit", (
            [Description("By whom: an actor's id.")] string? actor,
            [Description("With records of which type: `contact`; `export` and `reading` are files taken out and sensitive fields read.")] string? record,
            [Description("With which record; of `reading`, which record was read.")] Guid? recordId,
            [Description("What: `contact.deleted`, `user.deactivated`.")] string? type,
            [Description("Under which operation.")] Guid? operation,
            [Description("Through which door: `rest`, `import`.")] string? door,
            [Description("From which address.")] string? address,
            [Description("From when on.")] DateTimeOffset? from,
            [Description("Until before when.")] DateTimeOffset? to,
            [Description("Where to go on: the nextCursor of the page before, which may have been empty.")] string? cursor,
            [Range(1, MostLimit), Description("How many entries at most: 1 to 200, 50 where nothing is said.")] int? limit,
            Session session, HttpRequest request) =>
            {
                if (request.Query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } unknown)
                    throw Refusal.Invalid(unknown, $"The audit has no parameter {unknown}.");
                if (limit is < 1 or > MostLimit)
                    throw Refusal.Invalid("limit", $"limit is between 1 and {MostLimit}.");
                return AuditTrail.Page(session, service, new AuditQuestion
                {
                    Actor = actor,
                    Record = record,
                    RecordId = recordId,
                    Type = type,
                    Operation = operation,
                    Door = door,
                    Address = address,
                    From = from,
                    To = to,
                    After = AuditPlace.Read(cursor),
                    Limit = limit ?? 50,
                });
            })
            .WithName("ListAudit").WithTags("audit").WithMetadata(new Needs(Scopes.Read))
            .WithDescription("Who did what, when, from where, through which door, with values before and after: newest first. Needs the privilege audit.");
}
