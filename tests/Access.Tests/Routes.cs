using System.Text.RegularExpressions;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Access.Tests;

/// <summary>A route of a service, as its table has it.</summary>
internal sealed partial record Route(string Service, HttpMethod Method, string Text)
{
    /// <summary>Whether it may change something.</summary>
    public bool Changes => Method != HttpMethod.Get;

    /// <summary>Where its records are: <c>users</c>.</summary>
    public string Plural => Text.Split('/')[1];

    /// <summary>What comes after that: <c>/{id}/history</c>.</summary>
    public string Door => Text[(Plural.Length + 1)..];

    /// <summary>All routes of the API of all services.</summary>
    public static IReadOnlyList<Route> All(TestCrm crm) =>
    [
        .. from app in crm.Home.Apps
           where app.Name != "edge"
           from endpoint in crm.Home.Get<EndpointDataSource>(app.Name).Endpoints.OfType<RouteEndpoint>()
           let text = Constraint.Replace(endpoint.RoutePattern.RawText!, "}")
           where text.StartsWith("/api/v1/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
           select new Route(app.Name, new HttpMethod(method), text["/api/v1".Length..]),
    ];

    /// <summary>Its address for a record.</summary>
    public string Path(Guid id) => Place.Replace(Text, $"{id}");

    /// <summary>Whether it is about one record.</summary>
    public bool IsOfOne => Place.IsMatch(Text);

    public override string ToString() => $"{Service}: {Method} {Text}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place { get; }

    [GeneratedRegex(@":[^}]+\}")]
    private static partial Regex Constraint { get; }
}
