using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Operations;

/// <summary>What one operation did in all services.</summary>
internal sealed class GetOperation(Everywhere everywhere)
{
    public const string Route = "/api/v1/operations/{id:guid}";

    private const string Published = "/api/v1/operations/{id}";

    public async Task Handle(HttpContext http, Guid id)
    {
        if (await everywhere.Admit(http))
            await http.Response.WriteAsJsonAsync(await everywhere.Operation(http).Read(everywhere.Publishers(Published), id), http.RequestAborted);
    }
}
