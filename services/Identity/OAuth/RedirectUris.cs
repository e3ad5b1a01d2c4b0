namespace CrmPlatform.Identity.OAuth;

/// <summary>Addresses that people are sent back to with a code.</summary>
public static class RedirectUris
{
    /// <summary>Whether a client may name it: nobody else must be able to read what is sent there.</summary>
    public static bool MayBeKept(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0 && !text.Contains('#', StringComparison.Ordinal) && !text.Contains('*', StringComparison.Ordinal)
        && uri.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri))
            || (uri.Scheme.Contains('.', StringComparison.Ordinal) && uri.IsAbsoluteUri)); // an app's own: a domain of its maker, backwards

    /// <summary>Whether it is one of those a client has named: word for word, but for the port of a program on the person's own machine (RFC 8252).</summary>
    public static bool IsOneOf(IEnumerable<string> kept, string asked) =>
        kept.Any(one => one == asked || (Uri.TryCreate(one, UriKind.Absolute, out var known) && known.Scheme == Uri.UriSchemeHttp
            && IsLoopback(known) && Uri.TryCreate(asked, UriKind.Absolute, out var uri) && MayBeKept(asked) && IsLoopback(uri)
            && uri.Scheme == known.Scheme && uri.Host == known.Host && asked.Contains(uri.PathAndQuery, StringComparison.Ordinal)
            && uri.PathAndQuery == known.PathAndQuery));

    private static bool IsLoopback(Uri uri) => uri.Host is "127.0.0.1" or "[::1]";
}
