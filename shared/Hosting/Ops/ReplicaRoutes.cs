using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal.Replicas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Ops;

/// <summary>How current what a service knows of others is: in a header of every answer to a question, and at length at an address of its own.</summary>
internal static class ReplicaRoutes
{
    /// <summary>The header: <c>contacts="2026-01-31T12:00:00.000Z", identity="…";waiting=2</c>.</summary>
    public const string Header = "Crm-Replicas";

    public static void MapReplicas(this IEndpointRouteBuilder api, string service) =>
        api.MapGet($"/{service}/replicas", (Freshness freshness, CancellationToken cancel) => freshness.Of(cancel).AsTask())
            .WithName("ListReplicas").WithTags("replicas").WithMetadata(new Needs(Scopes.Read))
            .WithDescription("Of which services this one keeps copies, how current they are, and what waits to be applied.");
}
