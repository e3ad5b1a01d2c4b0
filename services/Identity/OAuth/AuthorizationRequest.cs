using System.Globalization;
using System.Text;
using CrmPlatform.Hosting;
using CrmPlatform.Identity.LogIn;

namespace CrmPlatform.Identity.OAuth;

/// <summary>What a client asks of a person, once it is known that it may ask it so.</summary>
/// <remarks>
/// As long as it is not sure which client asks and where its answers go, nothing is sent anywhere: the person is told. After that refusals
/// go where answers go, with the state, and with the issuer, so that no client takes one server's answer for another's (RFC 9207).
/// </remarks>
internal sealed record AuthorizationRequest(
    KnownClient Client, string RedirectUri, string[] Scopes, string? State, string? Nonce, string Challenge, string[] Prompt, TimeSpan? MaxAge)
{
    public const string Path = "/oauth/authorize";

    /// <summary>Where the person goes back to, in short.</summary>
    public string Back => new Uri(RedirectUri) is { Host.Length: > 0 } uri ? uri.Authority : new Uri(RedirectUri).Scheme;

    /// <summary>
    /// Whether any program on the person's machine could wait at that address and call itself this client (RFC 8252, 8.6): then they are asked each time.
    /// </summary>
    public bool IsForAnyProgram => !Client.IsInstallation && !RedirectUri.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and checks a request.</summary>
    /// <exception cref="OAuthRefusal">To be shown to the person: nobody is known whom it could be sent to.</exception>
    /// <exception cref="SentBack">To be sent to the client.</exception>
    public static async Task<AuthorizationRequest> Read(Asked asked, PageSessions sessions, Settings settings, CancellationToken cancel)
    {
        if (await KnownClient.Find(sessions, settings, asked["client_id"], cancel) is not { } client)
            throw new OAuthRefusal("invalid_client", "The program that sent you here is not known.");
        if (asked["redirect_uri"] is not { } back || !client.MaySendTo(back))
            throw new OAuthRefusal("invalid_request", "The program that sent you here did not name an address to come back to that is registered for it.");

        var state = asked["state"];
        SentBack Wrong(string error, string description) => new(Answer(back, settings, state, ("error", error), ("error_description", description)));
        if (asked["request"] is not null)
            throw Wrong("request_not_supported", "Send the parameters one by one.");
        if (asked["request_uri"] is not null)
            throw Wrong("request_uri_not_supported", "Send the parameters one by one.");
        if (asked["response_type"] != "code")
            throw Wrong(asked["response_type"] is null ? "invalid_request" : "unsupported_response_type", "The response_type is code.");
        if (asked["response_mode"] is not (null or "query"))
            throw Wrong("invalid_request", "The response_mode is query.");
        if (asked["code_challenge_method"] != "S256" || asked["code_challenge"] is not { Length: 43 } challenge || !challenge.All(IsBase64Url))
            throw Wrong("invalid_request", "A code_challenge with the code_challenge_method S256 is needed (PKCE).");
        var scopes = asked["scope"] is null ? [.. client.Scopes.Where(s => s != OAuthScopes.Offline)] : asked.Words("scope");
        if (scopes.Length == 0 || scopes.Except(client.Scopes).Any())
            throw Wrong("invalid_scope", "The client cannot ask for all of these scopes.");
        var prompt = asked.Words("prompt");
        if (prompt.Except(["none", "login", "consent", "select_account"]).Any() || (prompt.Contains("none") && prompt.Length > 1))
            throw Wrong("invalid_request", "The prompt is none, or some of login, consent, select_account.");
        var age = 0;
        if (asked["max_age"] is { } said && (!int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out age) || age < 0))
            throw Wrong("invalid_request", "The max_age is a number of seconds.");
        if (asked["nonce"] is { Length: > 500 })
            throw Wrong("invalid_request", "The nonce is too long.");
        return new AuthorizationRequest(
            client, back, scopes, state, asked["nonce"], challenge, prompt, asked["max_age"] is null ? null : TimeSpan.FromSeconds(age));
    }

    /// <summary>Where an answer goes.</summary>
    public string Answer(Settings settings, params (string Name, string Value)[] parameters) => Answer(RedirectUri, settings, State, parameters);

    /// <summary>The person said no, or cannot be asked.</summary>
    public SentBack Refuse(Settings settings, string error, string description) =>
        new(Answer(settings, ("error", error), ("error_description", description)));

    private static string Answer(string back, Settings settings, string? state, params (string Name, string Value)[] parameters)
    {
        var text = new StringBuilder(back);
        var join = back.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters.Append(("state", state ?? "")).Append(("iss", settings.Issuer)))
        {
            if (value.Length == 0)
                continue;
            text.Append(join).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            join = '&';
        }
        return text.ToString();
    }

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}

/// <summary>The person is sent back to the client, with why.</summary>
internal sealed class SentBack(string address) : Exception(address)
{
    /// <summary>Where to.</summary>
    public string Address { get; } = address;
}
