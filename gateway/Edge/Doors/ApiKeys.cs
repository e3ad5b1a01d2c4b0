using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmPlatform.Edge.Limits;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Doors;

/// <summary>
/// Whoever shows an API key goes on with a short token that identity gives for it: services know tokens alone. A token is kept for half a minute at
/// most; where it may be used from stands in it, and is looked at with every request.
/// </summary>
internal sealed class ApiKeys(UpstreamList upstreams, UpstreamClient client, RateLimits limits, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    /// <summary>Puts a token in the place of an API key; a refusal where there is none for it.</summary>
    public async ValueTask<Refusal?> Exchange(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith($"Bearer {ApiKeyExchange.Prefix}", StringComparison.OrdinalIgnoreCase))
            return null;
        var key = header["Bearer ".Length..].Trim();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (!known.TryGetValue(hash, out var kept) || kept.Until <= clock.GetUtcNow())
        {
            // Nobody knows yet whose this is: trying keys uses up what the address may ask.
            if (limits.Refuse(http, null) is { } tooMany)
                return tooMany;
            var (token, refusal) = await Ask(http, key);
            if (refusal is not null)
                return refusal;
            if (known.Count >= Most)
                known.Clear();
            known[hash] = kept = (token!, clock.GetUtcNow() + Kept);
        }
        http.Request.Headers.Authorization = $"Bearer {kept.Token}";
        return null;
    }

    private async Task<(string? Token, Refusal? Refusal)> Ask(HttpContext http, string key)
    {
        if (upstreams.Current.FindOpen(ApiKeyExchange.Path) is not { } identity)
            return (null, Forward.NotYet());
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiKeyExchange.Path)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", ApiKeyExchange.GrantType), new("subject_token", key), new("subject_token_type", ApiKeyExchange.ApiKeyType),
            ]),
        };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString());
        try
        {
            using var answer = await client.Exchange(identity, request, http.RequestAborted);
            if (answer.StatusCode is System.Net.HttpStatusCode.OK)
                return ((await answer.Content.ReadFromJsonAsync<JsonElement>(http.RequestAborted)).GetProperty("access_token").GetString(), null);
            return (null, (int)answer.StatusCode switch
            {
                403 => new Refusal(403, "address_not_allowed", "This key may not be used from this address."),
                >= 500 => Forward.Away(identity),
                _ => new Refusal(401, "token_invalid", "The API key is not valid."),
            });
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            identity.WasAway();
            return (null, Forward.Away(identity));
        }
    }
}
