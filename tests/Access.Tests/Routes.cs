using System.Text.Json;
using System.Text.RegularExpressions;
using CrmPlatform.Hosting;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Access.Tests;

/// <summary>A route of a service, as its table has it.</summary>
internal sealed partial record Route(string Service, HttpMethod Method, string Text, string Name, string Tag)
{
    private const string Api = "/api/v1";

    /// <summary>Whether it may change something.</summary>
    public bool Changes => Method != HttpMethod.Get;

    /// <summary>What roles call it, where it leads to a slice.</summary>
    public string SliceName => JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>Whether it is one of a record type's.</summary>
    public bool IsOfType => Tag == Plural && Tag is not ("model" or "audit" or "operations" or "ops");

    /// <summary>Where its records are: <c>users</c>.</summary>
    public string Plural => Text.Split('/')[1];

    /// <summary>What comes after that: <c>/{id}/history</c>.</summary>
    public string Door => Text[(Plural.Length + 1)..];

    /// <summary>All routes of the API of all services.</summary>
    public static IReadOnlyList<Route> All(TestCrm crm) =>
    [
        .. from app in crm.Home.Apps.OfType<Service>()
           from endpoint in crm.Home.Get<EndpointDataSource>(app.Name).Endpoints.OfType<RouteEndpoint>()
           let text = Constraint.Replace(endpoint.RoutePattern.RawText!, "}")
           where text.StartsWith(Api + "/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
           select new Route(
               app.Name, new HttpMethod(method), text[Api.Length..], endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName,
               endpoint.Metadata.GetMetadata<ITagsMetadata>()!.Tags[0]),
    ];

    /// <summary>Its address for a record.</summary>
    public string Path(Guid id) => Place.Replace(Text, $"{id}");

    /// <summary>Whether it is about one record; not where it is by a name that everybody may give one of theirs.</summary>
    public bool IsOfOne => Place.IsMatch(Text) && !Door.StartsWith("/external/", StringComparison.Ordinal);

    /// <summary>What the edge publishes: who has no token waits for others who have none.</summary>
    public static async Task<Reply> Document(Testing.Door edge)
    {
        Reply? document = null;
        await TestCrm.Eventually(async () => document = (await edge.Look("/openapi/v1.json")).Expect(200), TimeSpan.FromSeconds(60));
        return document!;
    }

    public override string ToString() => $"{Service}: {Method} {Text}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place { get; }

    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint { get; }
}
