using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Contacts.Tests.Roles;

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
        Constraint.Replace(Text, "}").Replace("{id}", $"{probe.Id(target)}", StringComparison.Ordinal) + probe.Query(target);

    public override string ToString() => $"{Method} {Text} ({Name})";

    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint { get; }
}

/// <summary>
/// How a route is asked about a record, and what it answers: where the record is seen, where it is not, to who sees nothing, to other tenants.
/// </summary>
internal sealed record RouteProbe(int[] Inside, int[] Beyond, int[] Nobody, bool Shows = false)
{
    private static readonly int[] Ok = [200], No = [404], Refused = [403];

    public int[] Stranger { get; init; } = Beyond;

    public Preparation Prepare { get; init; } = Preparation.Record;

    /// <summary>Whether it is about what somebody else alone sees, whatever the records.</summary>
    public bool IsPrivate => Prepare is Preparation.Import or Preparation.View;

    public Func<Target, object> Id { get; init; } = t => t.Id;

    public Func<Target, object?> Body { get; init; } = _ => null;

    public Func<Target, string> Query { get; init; } = _ => "";

    public static RouteProbe? Of(Route route) => Others.GetValueOrDefault(route.Name) ?? Doors.GetValueOrDefault(route.Door);

    /// <summary>Whether a route leads to a slice of the service's own, which roles allow by its name.</summary>
    public static bool IsSlice(string name) => Others.ContainsKey(name) && name is not ("GetModel" or "ListAudit" or "GetOperation" or "UndoOperation");

    private static RouteProbe Of(int[] inside, bool shows = false) => new(inside, No, No, shows);

    // The same for every record type.
    private static readonly Dictionary<string, RouteProbe> Doors = new()
    {
        ["GET "] = new(Ok, Ok, Ok, Shows: true) { Query = _ => "?include=total" },
        ["POST "] = new([201], [201], Refused) { Prepare = Preparation.Trashed, Body = t => t.New, Stranger = [201, 422] },
        ["GET /{id}"] = Of(Ok, shows: true),
        ["PATCH /{id}"] = Of(Ok, shows: true) with { Body = _ => new { externalIds = Array.Empty<object>() } },
        ["DELETE /{id}"] = Of([204]),
        ["POST /{id}/restore"] = Of(Ok, shows: true) with { Prepare = Preparation.Trashed },
        ["GET /{id}/history"] = Of(Ok, shows: true),
        ["GET /{id}/access"] = Of(Ok),
        ["GET /model"] = new(Ok, Ok, Ok),
        ["POST /batch"] = new(Ok, Ok, Ok, Shows: true)
        {
            Body = t => new { operations = new[] { new { @do = "patch", id = t.Id, fields = new { externalIds = Array.Empty<object>() } } } },
        },
        ["POST /bulk-edit"] = new(Ok, Ok, [422]) { Body = _ => new { filter = "", set = new { externalIds = Array.Empty<object>() }, dryRun = true } },
        ["GET /export"] = new(Ok, Ok, Refused, Shows: true),
        ["POST /imports"] = new(Ok, Ok, Ok) { Body = _ => "id,ownerId\n1,2" },
        ["POST /imports/{id}/start"] = new(No, No, No) { Prepare = Preparation.Import, Id = t => t.Job, Body = _ => new { } },
        ["GET /imports/{id}/errors"] = new(No, No, No) { Prepare = Preparation.Import, Id = t => t.Job },
        ["GET /jobs"] = new(Ok, Ok, Ok) { Prepare = Preparation.Import },
        ["GET /jobs/{id}"] = new(No, No, No) { Prepare = Preparation.Import, Id = t => t.Job },
        ["POST /jobs/{id}/cancel"] = new(No, No, No) { Prepare = Preparation.Import, Id = t => t.Job },

        // Fields are known to whoever sees records that have them; what they are is decided by few.
        ["GET /fields"] = new(Ok, Ok, Ok),
        ["POST /fields"] = new(Refused, Refused, Refused) { Body = _ => Field, Stranger = Refused },
        ["GET /fields/{id}"] = new(Ok, Ok, No) { Prepare = Preparation.Field, Id = t => t.Field, Stranger = No },
        ["PATCH /fields/{id}"] = new(Refused, Refused, No) { Prepare = Preparation.Field, Id = t => t.Field, Stranger = No, Body = _ => new { label = "X" } },
        ["DELETE /fields/{id}"] = new(Refused, Refused, No) { Prepare = Preparation.Field, Id = t => t.Field, Stranger = No },
        ["POST /fields/{id}/restore"] = new(No, No, No) { Prepare = Preparation.Field, Id = t => t.Field },
        ["GET /fields/{id}/history"] = new(Ok, Ok, No) { Prepare = Preparation.Field, Id = t => t.Field, Stranger = No },

        // A view belongs to who made it.
        ["GET /views"] = new(Ok, Ok, Ok) { Prepare = Preparation.View },
        ["POST /views"] = new([201], [201], [201, 404]) { Body = _ => new { name = "Mine" } },
        ["GET /views/{id}"] = new(No, No, No) { Prepare = Preparation.View, Id = t => t.View },
        ["PATCH /views/{id}"] = new(No, No, No) { Prepare = Preparation.View, Id = t => t.View, Body = _ => new { name = "X" } },
        ["DELETE /views/{id}"] = new(No, No, No) { Prepare = Preparation.View, Id = t => t.View },
        ["POST /views/{id}/restore"] = new(No, No, No) { Prepare = Preparation.View, Id = t => t.View },
        ["GET /views/{id}/history"] = new(No, No, No) { Prepare = Preparation.View, Id = t => t.View },
    };

    // Slices, and what a service has beside its records.
    private static readonly Dictionary<string, RouteProbe> Others = new()
    {
        ["FindDuplicateAccounts"] = new(Ok, Ok, Refused, Shows: true) { Query = t => $"?name={t.Marker}" },
        ["FindDuplicateContacts"] = new(Ok, Ok, Refused, Shows: true) { Query = t => $"?email={t.Marker}@x.example" },
        ["MergeAccounts"] = new(Ok, No, Refused, Shows: true) { Stranger = No, Body = t => new { loser = t.Other } },
        ["MergeContacts"] = new(Ok, No, Refused, Shows: true) { Stranger = No, Body = t => new { loser = t.Other } },
        ["ChangeJob"] = new(Ok, No, Refused, Shows: true) { Stranger = No, Body = t => new { accountId = t.Company } },
        ["GetModel"] = new(Ok, Ok, Ok),
        ["ListAudit"] = new(Refused, Refused, Refused),
        ["GetOperation"] = Of(Ok) with { Id = t => t.Operation },
        ["UndoOperation"] = Of(Ok) with { Id = t => t.Operation, Body = _ => new { keepChanged = true } },
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
