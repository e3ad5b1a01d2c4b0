using System.Diagnostics;
using System.Net;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Roles;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The scope a route asks for.</summary>
internal sealed record Needs(string Scope);

/// <summary>What a token can allow at most; what of it its holder may do is up to their roles.</summary>
public static class Scopes
{
    /// <summary>See records.</summary>
    public const string Read = "crm.read";

    /// <summary>Change records.</summary>
    public const string Write = "crm.write";

    /// <summary>Look after the machinery: parked events, replay.</summary>
    public const string Ops = "crm.ops";
}

/// <summary>Who calls, and may they: every route but health, metrics and documents wants a valid token with the scope it names.</summary>
internal sealed class Callers(RequestDelegate next, TokenCheck tokens, Revocations revocations, HttpMetrics metrics)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needs>() is not { } needs)
        {
            await next(http);
            return;
        }

        var (caller, refusal) = await Identify(http, tokens, metrics, CameFrom(http));
        if (refusal is not null)
            throw refusal;
        if (revocations.Has(caller!))
            throw new Refusal(401, "token_revoked", "What this token came from has been revoked.");
        if (!caller!.Scopes.Contains(needs.Scope))
            throw new Refusal(403, "scope_missing", $"This needs a token with the scope {needs.Scope}.");
        http.Features.Set(caller);
        await next(http);
    }

    /// <summary>Who the request's token says is calling, or why nobody is.</summary>
    public static async ValueTask<(Caller? Caller, Refusal? Refusal)> Identify(HttpContext http, TokenCheck tokens, HttpMetrics metrics, IPAddress? from)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return (null, new Refusal(401, "token_missing", "This needs a token: Authorization: Bearer …"));
        var verdict = await tokens.CheckAsync(header["Bearer ".Length..].Trim());
        metrics.TokenChecked(verdict.Caller is null ? verdict.Code : "valid");
        if (verdict.Fault is TokenFault.Key && !tokens.HasKeys)
            return (null, new Refusal(503, "keys_unavailable", "What tokens are checked with cannot be read right now. Try again."));
        if (verdict.Caller is not { } caller)
            return (null, new Refusal(401, verdict.Code, verdict.Message));
        return caller.MayCallFrom(from) ? (caller, null) : (null, Elsewhere());
    }

    /// <summary>The address a request came from: the edge names it, and takes from callers what they say of it themselves.</summary>
    public static IPAddress? CameFrom(HttpContext http) =>
        IPAddress.TryParse(http.Request.Headers["X-Forwarded-For"].ToString(), out var told) ? told : http.Connection.RemoteIpAddress;

    private static Refusal Elsewhere() => new(403, "address_not_allowed", "This token may not be used from this address.");

    /// <summary>Why this request writes what it writes.</summary>
    public static Cause CauseOf(HttpContext http, TimeProvider clock)
    {
        var caller = http.Features.Get<Caller>() ?? throw new InvalidOperationException("This route does not say what it needs.");
        var operation = Guid.TryParse(http.Request.Headers[Answer.OperationHeader], out var given) && given.Version == 7
            ? given // one operation across several services; the edge lets only its own through
            : Guid.CreateVersion7(clock.GetUtcNow());
        return new Cause(caller.Actor with { Address = Plain(CameFrom(http)) }, caller.Tenant, operation, Activity.Current?.Id)
        {
            Roles = caller.Roles,
            Teams = caller.Teams,
            UserVersion = caller.Version,
            Methods = caller.Methods,
        };
    }

    private static string? Plain(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
