using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// Routes whose code is made with their first request. A service has hundreds, and the framework compiles what binds their parameters when the process
/// starts, once for routing and once for the document: a third of all the work of a start, for routes of which most are not asked in the life of a process.
/// What is wrong with a handler's parameters is said at the start as before, because that is read off its signature.
/// </summary>
internal static class WhenAsked
{
    /// <summary>A route that is made when it is asked.</summary>
    public static RouteHandlerBuilder MapWhenAsked(this IEndpointRouteBuilder api, string route, string method, Delegate handler) =>
        RouteHandlerServices.Map(api, route, handler, [method], RequestDelegateFactory.InferMetadata, Make);

    private static RequestDelegateResult Make(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? known)
    {
        var made = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, known).RequestDelegate);
        return new(http => made.Value(http), known?.EndpointMetadata ?? []);
    }
}
