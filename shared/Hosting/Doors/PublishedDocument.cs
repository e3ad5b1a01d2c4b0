using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// The OpenAPI document of a service as it is sent. It is made once, for nothing in it changes while the process runs, and whoever asks first may leave:
/// on a busy machine it takes longer than the edge waits.
/// </summary>
internal sealed class PublishedDocument([FromKeyedServices(PublishedDocument.Name)] IOpenApiDocumentProvider provider)
{
    /// <summary>What it is called.</summary>
    public const string Name = "v1";

    private readonly Lock gate = new();
    private Task<byte[]>? made;

    /// <summary>Sends it.</summary>
    public async Task<IResult> Send(HttpContext http) => Results.Bytes(await Made().WaitAsync(http.RequestAborted), "application/json");

    private Task<byte[]> Made()
    {
        lock (gate)
            return made is null or { IsFaulted: true } ? made = Task.Run(Make) : made;
    }

    private async Task<byte[]> Make()
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        return text.ToArray();
    }
}
