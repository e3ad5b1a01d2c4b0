namespace CrmPlatform.Identity.OAuth;

/// <summary>Why the protocol refuses, in its own words (RFC 6749).</summary>
/// <param name="error">The code of the specification: <c>invalid_grant</c>.</param>
/// <param name="description">A sentence for whoever writes the client.</param>
/// <param name="status">The status of the answer.</param>
public sealed class OAuthRefusal(string error, string description, int status = 400) : Exception(description)
{
    /// <summary>The code.</summary>
    public string Error { get; } = error;

    /// <summary>The status.</summary>
    public int Status { get; } = status;

    /// <summary>What the client holds is no good (any more). Nothing finer is said: it would help whoever tries others'.</summary>
    public static OAuthRefusal Grant(string description) => new("invalid_grant", description);
}
