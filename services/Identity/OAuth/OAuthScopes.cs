using CrmPlatform.Hosting.Doors;

namespace CrmPlatform.Identity.OAuth;

/// <summary>What can be asked for in the protocol.</summary>
public static class OAuthScopes
{
    /// <summary>Who somebody is: an id token, and <c>/oauth/userinfo</c>.</summary>
    public const string OpenId = "openid";

    /// <summary>What somebody is called, their language and zone.</summary>
    public const string Profile = "profile";

    /// <summary>Their address.</summary>
    public const string Email = "email";

    /// <summary>To go on when they are not there.</summary>
    public const string Offline = "offline_access";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [OpenId, Profile, Email, Offline, Scopes.Read, Scopes.Write, Scopes.Ops];

    /// <summary>What a company's client can have. The machinery belongs to those who run the installation, not to one of its companies.</summary>
    public static IReadOnlyList<string> ForPrograms { get; } = [OpenId, Profile, Email, Offline, Scopes.Read, Scopes.Write];

    /// <summary>What an API key can have.</summary>
    public static IReadOnlyList<string> ForKeys { get; } = [Scopes.Read, Scopes.Write];

    /// <summary>What a person reads when they are asked whether they agree.</summary>
    public static string Words(string scope) => scope switch
    {
        OpenId => "Know who you are",
        Profile => "Know your name, language and time zone",
        Email => "Know your e-mail address",
        Offline => "Go on acting for you when you are not there",
        Scopes.Read => "See what you may see",
        Scopes.Write => "Change what you may change",
        Scopes.Ops => "Look after the machinery of the installation",
        _ => scope,
    };
}
