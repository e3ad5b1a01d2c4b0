namespace CrmPlatform.Contracts;

/// <summary>The catalogue of all events as it is published to those who subscribe.</summary>
public static class Publication
{
    /// <summary>The version that is published next: above the last one, in its first number where subscribers must change something.</summary>
    public const string Next = "1.1";
}
