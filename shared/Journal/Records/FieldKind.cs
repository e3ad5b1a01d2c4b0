namespace CrmPlatform.Journal.Records;

/// <summary>What a field holds; from it follow its checks, its column, how it is filtered, shown, imported and exported.</summary>
public enum FieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    LongText,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An exact decimal number.</summary>
    Number,

    /// <summary>An amount in a currency.</summary>
    Money,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment.</summary>
    Instant,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>Some of a few.</summary>
    MultiChoice,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number in the international form, E.164.</summary>
    Phone,

    /// <summary>An address on the web.</summary>
    Url,

    /// <summary>A postal address.</summary>
    Address,

    /// <summary>The id of another record.</summary>
    Reference,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>Several values with parts of their own: typed e-mails, phones, addresses.</summary>
    List,

    /// <summary>One to five.</summary>
    Rating,

    /// <summary>Anything JSON can say.</summary>
    Json,

    /// <summary>The fields a tenant has added.</summary>
    Custom,
}
