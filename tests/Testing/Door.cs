using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace CrmPlatform.Testing;

/// <summary>A client of one app's REST door. Paths are those below <c>/api/v1</c>; a body is any object, or a text that is sent as it is.</summary>
public sealed class Door
{
    private readonly HttpClient http;
    private readonly Uri address;
    private readonly Dictionary<string, string> headers;

    /// <summary>The door at an address.</summary>
    public Door(HttpClient http, Uri address, Dictionary<string, string>? headers = null) =>
        (this.http, this.address, this.headers) = (http, address, headers ?? []);

    /// <summary>Where the app listens.</summary>
    public Uri Address => address;

    /// <summary>The same door with a header on every request.</summary>
    public Door With(string name, string value) => new(http, address, new Dictionary<string, string>(headers) { [name] = value });

    /// <summary>The same door, only if the record is still at this version.</summary>
    public Door IfMatch(int version) => With("If-Match", $"\"{version}\"");

    /// <summary>The same door; requests with one key are one request.</summary>
    public Door Idempotent(string key) => With("Idempotency-Key", key);

    /// <summary>The same door with another token.</summary>
    public Door WithToken(string token) => With("Authorization", $"Bearer {token}");

    /// <summary>The same door without a token.</summary>
    public Door WithoutToken() => new(http, address, headers.Where(h => h.Key != "Authorization").ToDictionary());

    /// <summary>GET.</summary>
    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>POST.</summary>
    public Task<Reply> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>PATCH.</summary>
    public Task<Reply> Patch(string path, object body) => Send(HttpMethod.Patch, path, body);

    /// <summary>PUT.</summary>
    public Task<Reply> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    /// <summary>DELETE.</summary>
    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Any method.</summary>
    public async Task<Reply> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, "/api/v1" + path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, body.GetType(), new MediaTypeHeaderValue("application/json")),
        };
        using var response = await http.SendAsync(request);
        return await Reply.Read(response);
    }

    /// <summary>GET of what is not the API, by nobody in particular: <c>/health/ready</c>, <c>/metrics</c>, pages.</summary>
    public async Task<Reply> Look(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        foreach (var (name, value) in headers.Where(h => h.Key != "Authorization"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        return await Reply.Read(response);
    }
}
