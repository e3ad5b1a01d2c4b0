using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Identity.OAuth;

/// <summary><c>POST /oauth/token</c>: tokens for what a client holds.</summary>
internal sealed class TokenDoor(ClientCheck clients, CodeGrant codes, RefreshGrant refreshes, OwnGrant own, KeyGrant keys)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        var asked = await Asked.OfForm(http);
        var grant = asked.Needed("grant_type");
        return Results.Json(grant switch
        {
            CodeGrant.Type => await codes.Handle(http, asked, await clients.Identify(http, asked)),
            RefreshGrant.Type => await refreshes.Handle(http, asked, await clients.Identify(http, asked)),
            OwnGrant.Type => await own.Handle(http, asked, await clients.Identify(http, asked)),
            KeyGrant.Type => await keys.Handle(http, asked),
            _ => throw new OAuthRefusal("unsupported_grant_type", $"There are {CodeGrant.Type}, {RefreshGrant.Type}, {OwnGrant.Type} and {KeyGrant.Type}."),
        });
    }
}

/// <summary>What the token door answers (RFC 6749, 5.1).</summary>
internal sealed record TokenAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
    [property: System.Text.Json.Serialization.JsonPropertyName("scope")] string Scope)
{
    [System.Text.Json.Serialization.JsonPropertyName("token_type")]
    public string TokenType { get; } = "Bearer";

    [System.Text.Json.Serialization.JsonPropertyName("refresh_token")]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? RefreshToken { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("id_token")]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? IdToken { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("issued_token_type")]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? IssuedTokenType { get; init; }
}
