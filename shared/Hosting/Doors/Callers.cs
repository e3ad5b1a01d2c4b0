using System.Diagnostics;
using CrmPlatform.Access;
using CrmPlatform.Hosting.Telemetry;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The scope a route asks for.</summary>
internal sealed record Needs(string Scope);

/// <summary>The slice a route leads to, which roles allow by its name.</summary>
internal sealed record Slice(string Name);

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
internal sealed class Callers(RequestDelegate next, TokenCheck tokens, HttpMetrics metrics)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Needs>() is not { } needs)
            return next(http);

        if (Identify(http, tokens, metrics, out var caller) is { } refusal)
            throw refusal;
        if (!caller!.Scopes.Contains(needs.Scope))
            throw new Refusal(403, "scope_missing", $"This needs a token with the scope {needs.Scope}.");
        http.Features.Set(caller);
        return next(http);
    }

    /// <summary>Who the request's token says is calling, or why nobody is.</summary>
    public static Refusal? Identify(HttpContext http, TokenCheck tokens, HttpMetrics metrics, out Caller? caller)
    {
        caller = null;
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return new Refusal(401, "token_missing", "This needs a token: Authorization: Bearer …");
        var verdict = tokens.Check(header["Bearer ".Length..].Trim());
        metrics.TokenChecked(verdict.Caller is null ? verdict.Code : "valid");
        caller = verdict.Caller;
        return caller is null ? new Refusal(401, verdict.Code, verdict.Message) : null;
    }

    /// <summary>Why this request writes what it writes.</summary>
    public static Cause CauseOf(HttpContext http, TimeProvider clock)
    {
        var caller = http.Features.Get<Caller>() ?? throw new InvalidOperationException("This route does not say what it needs.");
        var operation = Guid.TryParse(http.Request.Headers[Answer.OperationHeader], out var given) && given.Version == 7
            ? given // one operation across several services; the edge lets only its own through
            : Guid.CreateVersion7(clock.GetUtcNow());
        return new Cause(caller.Actor, caller.Tenant, operation, Activity.Current?.Id)
        {
            Roles = caller.Roles,
            Teams = caller.Teams,
            UserVersion = 0,
        };
    }
}
