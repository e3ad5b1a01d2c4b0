namespace CrmPlatform.Hosting.Doors;

/// <summary>How an answer says that what was used is going away.</summary>
public static class DeprecationHeaders
{
    /// <summary>Since when it is deprecated (RFC 9745).</summary>
    public const string Deprecation = "Deprecation";

    /// <summary>From when on it may be gone (RFC 8594).</summary>
    public const string Sunset = "Sunset";

    /// <summary>The member of an operation in the document that says it for people.</summary>
    public const string Member = "x-deprecation";
}
