using CrmPlatform.Hosting.Doors;
using CrmPlatform.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace CrmPlatform.Access.Tests;

/// <summary>What belongs to no company is for those who run the installation: every route below <c>/ops</c> of every service.</summary>
public sealed class OpsTests
{
    [Fact]
    public async Task The_machinery_of_every_service_wants_the_scope_of_ops_whatever_the_role()
    {
        var crm = await TestCrm.Tenant();
        using var http = new HttpClient();
        var (wrong, asked) = (new List<string>(), 0);
        foreach (var service in Route.All(crm).Select(r => r.Service).Distinct())
            foreach (var endpoint in crm.Home.Get<EndpointDataSource>(service).Endpoints.OfType<RouteEndpoint>())
            {
                var path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{id:guid}", $"{Guid.CreateVersion7()}", StringComparison.Ordinal)}";
                if (!path.StartsWith("/ops/", StringComparison.Ordinal))
                    continue;
                var administrator = crm.Home.Token(crm.Caller(Guid.CreateVersion7()) with { Roles = ["administrator"] });
                foreach (var (token, status) in new[] { (null, 401), ("nonsense", 401), (administrator, 403) })
                {
                    using var request = new HttpRequestMessage(
                        new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]), new Uri(crm.Service(service).Address, path));
                    if (token is not null)
                        request.Headers.Authorization = new("Bearer", token);
                    using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                    asked++;
                    if ((int)answer.StatusCode != status)
                        wrong.Add($"{service}: {path} with {token ?? "nothing"}: expected {status}, but it is {(int)answer.StatusCode}");
                }
            }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 20, $"Only {asked} questions were asked.");
    }
}
