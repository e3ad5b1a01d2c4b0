using CrmPlatform.Identity.LogIn;

namespace CrmPlatform.Identity.Pages;

/// <summary>What every page of one request knows: who is logged in, and what its forms carry so that none is sent from elsewhere.</summary>
public sealed class PageState
{
    /// <summary>The name of the field every form carries.</summary>
    public const string FormField = "form";

    /// <summary>Who is logged in.</summary>
    public SignedIn? SignedIn { get; set; }

    /// <summary>What forms carry: the same as a cookie that other sites can neither read nor set.</summary>
    public string FormToken { get; set; } = "";
}
