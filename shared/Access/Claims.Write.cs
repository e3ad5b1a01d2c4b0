using System.Text.Json;

namespace CrmPlatform.Access;

internal static partial class Claims
{
    /// <summary>The payload for a caller, issued now and for the platform itself.</summary>
    public static void Write(Utf8JsonWriter json, Caller caller, string issuer, DateTimeOffset now)
    {
        if (caller.Actor.Kind == ActorKind.Platform)
            throw new ArgumentException("The platform acts without a token; a token that says so would not be valid.", nameof(caller));
        json.WriteStartObject();
        json.WriteString("iss", issuer);
        json.WriteString("aud", issuer);
        json.WriteString("sub", caller.Actor.Id);
        json.WriteString("name", caller.Actor.Name);
        json.WriteString("kind", caller.Actor.Kind == ActorKind.System ? "system" : "user");
        json.WriteString("tenant", caller.Tenant);
        json.WriteString("scope", string.Join(' ', caller.Scopes));
        json.WriteString("plan", caller.Plan);
        if (caller.Roles is { } roles)
            List(json, "roles", roles);
        List(json, "teams", [.. caller.Teams.Select(team => team.ToString())], evenEmpty: false);
        List(json, "networks", [.. caller.Networks.Select(network => network.ToString())], evenEmpty: false);
        List(json, "amr", caller.Methods, evenEmpty: false);
        if (caller.Version > 0)
            json.WriteNumber("ver", caller.Version);
        if (caller.Source is { } source)
            json.WriteString("sid", source);
        if (caller.Connection is { } connection)
            json.WriteString("connection", connection);
        if (caller.Client is { } client)
            json.WriteString("client_id", client);
        if (caller.AuthTime is { } time)
            json.WriteNumber("auth_time", time.ToUnixTimeSeconds());
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteNumber("nbf", now.ToUnixTimeSeconds());
        json.WriteNumber("exp", caller.Expires.ToUnixTimeSeconds());
        json.WriteString("jti", Guid.CreateVersion7(now));
        json.WriteEndObject();
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> members, bool evenEmpty = true)
    {
        if (members.Count == 0 && !evenEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var member in members)
            json.WriteStringValue(member);
        json.WriteEndArray();
    }
}
