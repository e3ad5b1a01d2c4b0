namespace CrmPlatform.Identity.Clients;

/// <summary>Whether a client can keep a secret.</summary>
public enum ClientKind
{
    /// <summary>It runs in its users' hands: a page, an app, a command.</summary>
    Public,

    /// <summary>It runs on a server.</summary>
    Confidential,
}
