//! Characters into scripts: which are Chinese, simplified, traditional; traditional text folded for matching.
