namespace CrmPlatform.Hosting.Doors;

/// <summary>How an API key becomes a short token (RFC 8693): what the edge asks identity for, and what identity answers.</summary>
public static class ApiKeyExchange
{
    /// <summary>How an API key begins.</summary>
    public const string Prefix = "crm_";

    /// <summary>Where.</summary>
    public const string Path = "/oauth/token";

    /// <summary>The kind of grant.</summary>
    public const string GrantType = "urn:ietf:params:oauth:grant-type:token-exchange";

    /// <summary>What is exchanged.</summary>
    public const string ApiKeyType = "urn:crm:token-type:api-key";

    /// <summary>What it is exchanged for.</summary>
    public const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
}
