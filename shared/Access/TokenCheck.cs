using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CrmPlatform.Access;

/// <summary>
/// Decides whether a token names a caller. Nothing unsigned is believed; a verdict is remembered by the token's hash until the token ends
/// or the keys change, because a signature costs 75 µs and a hash one.
/// </summary>
public sealed class TokenCheck(KeyRing keys, TimeProvider clock)
{
    /// <summary>Who issues and who accepts.</summary>
    public const string Issuer = "crm";

    internal const string TokenType = "at+jwt";

    private const int MostRemembered = 10_000;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (Caller Caller, int Generation)> remembered = new();

    /// <summary>The caller a token names, or why there is none.</summary>
    public Verdict Check(string token)
    {
        if (token.Length > 8192)
            return Verdict.Invalid;
        var (generation, now) = (keys.Generation, clock.GetUtcNow());
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (remembered.TryGetValue(hash, out var known) && known.Generation == generation)
            return now < known.Caller.Expires + Skew ? Verdict.Of(known.Caller) : Verdict.Expired;

        var verdict = Decide(token, now);
        if (verdict.Caller is { } caller)
            Remember(hash, caller, generation, now);
        return verdict;
    }

    private Verdict Decide(string token, DateTimeOffset now)
    {
        if (Jws.Open(token, TokenType, keys) is not { } payload || Jws.Members(payload) is not { } claims)
            return Verdict.Invalid;
        if (claims.Text("iss") != Issuer || claims.Text("aud") != Issuer || claims.Text("sub") is not { } subject)
            return Verdict.Invalid;
        if (!Guid.TryParseExact(claims.Text("tenant"), "D", out var tenant) || tenant == Guid.Empty)
            return Verdict.Invalid;
        if (Time(claims, "exp") is not { } expires || Time(claims, "iat") is not { } issued || issued > now + Skew)
            return Verdict.Invalid;
        if (claims.ContainsKey("nbf") && !(Time(claims, "nbf") <= now + Skew))
            return Verdict.Invalid;
        if (expires + Skew <= now)
            return Verdict.Expired;

        var kind = claims.Text("kind") switch { "user" => ActorKind.User, "system" => ActorKind.System, _ => (ActorKind?)null };
        if (kind is null)
            return Verdict.Invalid;
        var scopes = (claims.Text("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var actor = new Actor(kind.Value, subject, claims.Text("name") ?? subject);
        return Verdict.Of(new Caller(actor, tenant, scopes, claims.Text("plan") ?? "standard", expires));
    }

    private static DateTimeOffset? Time(Dictionary<string, JsonElement> claims, string name) =>
        claims.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is > 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // Bounded: when it is full, what has ended or belongs to older keys goes first; if nothing has, everything does.
    private void Remember(string hash, Caller caller, int generation, DateTimeOffset now)
    {
        if (remembered.Count >= MostRemembered)
        {
            foreach (var (key, value) in remembered)
                if (value.Generation != generation || value.Caller.Expires <= now)
                    remembered.TryRemove(key, out _);
            if (remembered.Count >= MostRemembered)
                remembered.Clear();
        }
        remembered[hash] = (caller, generation);
    }
}
