using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CrmPlatform.Bench.Integrations;

/// <summary>The door of the service.</summary>
internal sealed class HookDoor : IDisposable
{
    private readonly HttpClient http = new();
    private readonly string address;

    public HookDoor(Ground ground)
    {
        address = $"http://127.0.0.1:{ground.Port + 7}/api/v1";
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ground.Token);
    }

    /// <summary>A webhook that is told of what happens to contacts.</summary>
    public async Task<Guid> Hook(string url, string order)
    {
        var id = (await Post("webhooks", new { name = "Partner", url, events = new[] { "contacts.contact.*" }, order })).GetProperty("id").GetGuid();
        await Post($"webhooks/{id}/issue", new { });
        return id;
    }

    public Task Each(IEnumerable<Guid> webhooks, string verb) => Task.WhenAll(webhooks.Select(id => Post($"webhooks/{id}/{verb}", new { })));

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await http.GetAsync(new Uri($"{address}/{path}"));
        return await Said(path, answer);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> Post(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri($"{address}/{path}"), body);
        return await Said(path, answer);
    }

    private static async Task<JsonElement> Said(string path, HttpResponseMessage answer)
    {
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? said : throw new InvalidOperationException($"{path}: {said}");
    }
}
