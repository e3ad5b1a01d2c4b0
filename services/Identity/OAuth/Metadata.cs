using CrmPlatform.Hosting;

namespace CrmPlatform.Identity.OAuth;

/// <summary>What clients learn of the server before they ask (OpenID Connect Discovery, RFC 8414).</summary>
internal static class Metadata
{
    public static Dictionary<string, object> Of(Settings settings)
    {
        var issuer = settings.Issuer;
        string[] withSecret = ["client_secret_basic", "client_secret_post"];
        return new()
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = issuer + AuthorizationRequest.Path,
            ["token_endpoint"] = $"{issuer}/oauth/token",
            ["userinfo_endpoint"] = $"{issuer}/oauth/userinfo",
            ["jwks_uri"] = $"{issuer}/.well-known/jwks.json",
            ["revocation_endpoint"] = $"{issuer}/oauth/revoke",
            ["introspection_endpoint"] = $"{issuer}/oauth/introspect",
            ["end_session_endpoint"] = $"{issuer}/oauth/log-out",
            ["scopes_supported"] = OAuthScopes.All,
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = new[] { "query" },
            ["grant_types_supported"] = new[] { CodeGrant.Type, RefreshGrant.Type, OwnGrant.Type, KeyGrant.Type },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["token_endpoint_auth_methods_supported"] = withSecret.Append("none"),
            ["revocation_endpoint_auth_methods_supported"] = withSecret.Append("none"),
            ["introspection_endpoint_auth_methods_supported"] = withSecret,
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["prompt_values_supported"] = new[] { "none", "login", "consent", "select_account" },
            ["claims_supported"] = new[] { "sub", "tenant", "name", "locale", "zoneinfo", "email", "email_verified", "auth_time", "amr", "sid" },
            ["authorization_response_iss_parameter_supported"] = true,
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
        };
    }
}
