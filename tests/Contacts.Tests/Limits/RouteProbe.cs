using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Contacts.Tests.Limits;

/// <summary>A route of the service.</summary>
internal sealed partial class Route(RouteEndpoint endpoint)
{
    public string Name { get; } = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;

    public HttpMethod Method { get; } = new(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);

    /// <summary>Where its records are: <c>contacts</c>.</summary>
    public string Tag { get; } = endpoint.Metadata.GetMetadata<ITagsMetadata>()!.Tags[0];

    private string Text { get; } = endpoint.RoutePattern.RawText!["/api/v1".Length..];

    /// <summary>What comes after where the records are: <c>GET /{id}/history</c>.</summary>
    public string Door => $"{Method} {Constraint.Replace(Text, "}")[(Tag.Length + 1)..]}";

    public string Path(Target target, RouteProbe probe) =>
        Constraint.Replace(Text, "}").Replace("{system}", "erp", StringComparison.Ordinal).Replace("{id}", $"{probe.Id(target)}", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Text} ({Name})";

    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint { get; }
}

/// <summary>How a route that writes is asked about a record.</summary>
internal sealed record RouteProbe
{
    public Preparation Prepare { get; init; } = Preparation.Record;

    public Func<Target, object> Id { get; init; } = t => t.Id;

    public Func<Target, object?> Body { get; init; } = _ => null;

    public static RouteProbe? Of(Route route) => Others.GetValueOrDefault(route.Name) ?? Doors.GetValueOrDefault(route.Door);

    // The same for every record type.
    private static readonly Dictionary<string, RouteProbe> Doors = new()
    {
        ["POST "] = new() { Prepare = Preparation.Trashed, Body = t => t.New },
        ["PATCH /{id}"] = new() { Body = _ => new { externalIds = Array.Empty<object>() } },
        ["DELETE /{id}"] = new(),
        ["POST /{id}/restore"] = new() { Prepare = Preparation.Trashed },
        ["POST /read"] = new() { Body = t => new { parts = new[] { new { ids = new[] { t.Id } } } } },
        ["PUT /external/{system}/{id}"] = new() { Body = t => t.New },
        ["POST /batch"] = new()
        {
            Body = t => new { operations = new[] { new { @do = "patch", id = t.Id, fields = new { externalIds = Array.Empty<object>() } } } },
        },
        ["POST /bulk-edit"] = new() { Body = _ => new { filter = "", set = new { externalIds = Array.Empty<object>() }, dryRun = true } },
        ["POST /imports"] = new() { Body = _ => "id,ownerId\n1,2" },
        ["POST /imports/{id}/start"] = new() { Prepare = Preparation.Import, Id = t => t.Job, Body = _ => new { } },
        ["POST /jobs/{id}/cancel"] = new() { Prepare = Preparation.Import, Id = t => t.Job },

        // Fields are known to whoever sees records that have them; what they are is decided by few.
        ["POST /fields"] = new() { Body = _ => Field },
        ["PATCH /fields/{id}"] = new() { Prepare = Preparation.Field, Id = t => t.Field, Body = _ => new { label = "X" } },
        ["DELETE /fields/{id}"] = new() { Prepare = Preparation.Field, Id = t => t.Field },
        ["POST /fields/{id}/restore"] = new() { Prepare = Preparation.Field, Id = t => t.Field },

        // A view belongs to who made it.
        ["POST /views"] = new() { Body = _ => new { name = "Mine" } },
        ["PATCH /views/{id}"] = new() { Prepare = Preparation.View, Id = t => t.View, Body = _ => new { name = "X" } },
        ["DELETE /views/{id}"] = new() { Prepare = Preparation.View, Id = t => t.View },
        ["POST /views/{id}/restore"] = new() { Prepare = Preparation.View, Id = t => t.View },
    };

    // Slices, and what a service has beside its records.
    private static readonly Dictionary<string, RouteProbe> Others = new()
    {
        ["MergeAccounts"] = new() { Body = t => new { loser = t.Other } },
        ["MergeContacts"] = new() { Body = t => new { loser = t.Other } },
        ["ChangeJob"] = new() { Body = t => new { accountId = t.Company } },
        ["UndoOperation"] = new() { Id = t => t.Operation, Body = _ => new { keepChanged = true } },
    };

    private static readonly object Field = new { name = "another", label = "Another", kind = "text" };
}

/// <summary>What a route is asked about has to be there first.</summary>
internal enum Preparation
{
    Record,
    Trashed,
    Import,
    Field,
    View,
}
